"""The questions of a form version, by their references: which exist, which hold pages, which the
form computes itself.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ..errors import Problem
from ..forms.definition import Definition, decode
from ..forms.form import Form
from ..forms.models import FormVersion
from .answers import Answers, values_at, without_positions

MAX_ITEMS = 60


@dataclass(frozen=True, slots=True)
class Questions:
    """References are without positions."""

    root: str
    places: frozenset[str]
    photographed: frozenset[str]
    computed: frozenset[str]

    def is_photographed(self, ref: str) -> bool:
        """Whether the question at `ref` is answered by a page."""
        return without_positions(ref) in self.photographed

    def pages_named(self, answers: Answers) -> dict[str, str]:
        """Page name → reference of the question it answers."""
        return {
            value: ref
            for place in sorted(self.photographed)
            for ref, value in values_at(answers, place)
        }

    def checked_items(self, items: list[dict[str, str]]) -> list[dict[str, str]]:
        """Supplement items with the kind their question has. Raises `input-missing` for none,
        `request-malformed` for a question the form does not have.
        """
        if not items:
            raise Problem("input-missing", {"field": "items"})
        checked: dict[str, dict[str, str]] = {}
        for item in items[:MAX_ITEMS]:
            ref = item["path"]
            if without_positions(ref) not in self.places:
                raise Problem("request-malformed", {"reason": f"no question {ref[:100]}"})
            kind = "page" if self.is_photographed(ref) else "question"
            note = item.get("note", "").strip()[:500]
            checked[ref] = {"path": ref, "kind": kind, **({"note": note} if note else {})}
        return list(checked.values())


async def questions_of(form_digest: str) -> Questions:
    """The questions of a published form. Raises `form-unknown`."""
    version = await FormVersion.get_or_none(digest=form_digest)
    if version is None:
        raise Problem("form-unknown")
    return read_questions(decode(bytes(version.definition)))


@functools.lru_cache(maxsize=64)
def questions_in(form: Form) -> Questions:
    """The questions of a form that is ready to run; it never changes."""
    return read_questions(form.definition)


def read_questions(definition: Definition) -> Questions:
    """The questions of a compiled form."""
    nodes = definition.nodes
    refs: list[str] = []
    for node in nodes:
        parent = refs[node.parent] if node.parent >= 0 else ""
        refs.append(f"{parent}/{node.name}")
    values = [(ref, node) for ref, node in zip(refs, nodes, strict=True) if node.kind == "value"]
    return Questions(
        root=nodes[0].name,
        places=frozenset(refs[1:]),
        photographed=frozenset(ref for ref, node in values if node.type == "binary"),
        computed=frozenset(ref for ref, node in values if node.calculate is not None),
    )
