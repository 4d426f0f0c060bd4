"""The shared expression vectors (tests/vectors/expressions.json), which the phone's engine passes
too, and what only the building of expressions can get wrong."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from server.forms.context import Context, Run
from server.forms.definition import Instance
from server.forms.evaluate import Builder
from server.forms.filling import ZONE
from server.forms.grammar import parse
from server.forms.tables import Table
from server.forms.tree import TreeNode
from server.forms.values import EvaluationFault

VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors" / "expressions.json").read_text("utf-8")
)


def document() -> TreeNode:
    top = Table(Instance(tree=VECTORS["document"]), [""]).tree("")
    top.kind = "document"
    return top


def text_of(tree: Any, random: float = 0.5) -> str:
    top = document()
    now = datetime.fromisoformat(VECTORS["now"])
    run = Run(now_ms=now.timestamp() * 1000, zone=ZONE, random=lambda: random, root=top)
    root = top.children[0]
    text: str = Builder().text(tree)(Context(root, root, run))
    return text


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["expression"])
def test_expression_gives_the_text_both_engines_agreed_on(case: dict[str, Any]) -> None:
    assert parse(case["expression"]) == case["tree"]
    assert text_of(case["tree"]) == case["text"]


def test_unknown_function_fails_only_where_it_is_reached() -> None:
    assert text_of(parse("true() or nonsense()")) == "true"
    with pytest.raises(EvaluationFault, match="nonsense"):
        text_of(parse("nonsense()"))


def test_wrong_number_of_arguments_fails_only_where_it_is_reached() -> None:
    assert text_of(parse("false() and last(1)")) == "false"
    with pytest.raises(EvaluationFault, match="arguments"):
        text_of(parse("concat(substr('a'))"))


def test_deep_expression_builds_in_time_that_grows_with_its_length() -> None:
    deep = "1" + " + 1 = 2" * 60
    assert text_of(parse(deep)) in ("true", "false")


def test_uuid_is_drawn_from_the_source_of_chance_of_the_run() -> None:
    assert text_of(["uuid"]) == "88888888-8888-4888-8888-888888888888"


def test_seeded_shuffle_gives_the_same_order_each_time() -> None:
    tree = parse("join(' ', randomize(item/name, 42))")
    assert text_of(tree, 0.1) == text_of(tree, 0.9)
