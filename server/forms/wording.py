"""What a form says, as an author reads it: one language, `…` where the form puts something in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .definition import Choices, Definition, Element, Instance, Text
from .form import walk


def plain(text: Text | None, language: str) -> str:
    """Return a text in one language; another language stands in for a missing one."""
    if text is None:
        return ""
    if isinstance(text, dict):
        spoken = text.get(language, next(iter(text.values()), ""))
        return plain(spoken, language)
    if isinstance(text, list):
        return "".join(piece if isinstance(piece, str) else "…" for piece in text)
    return text


def repeats_answers(text: Text | None) -> bool:
    """Tell whether a text puts something in that was answered."""
    if isinstance(text, dict):
        return any(map(repeats_answers, text.values()))
    return isinstance(text, list) and any(isinstance(piece, dict) for piece in text)


def elements_of(definition: Definition) -> dict[int, Element]:
    """Return the element that asks for each node; the inner one where two share a node."""
    return {one.node: one for one in walk(definition.body) if one.node is not None}


def named(definition: Definition, at: int, elements: dict[int, Element], language: str) -> str:
    """Return what a question is called: its label, else its name."""
    element = elements.get(at)
    said = plain(element.label, language) if element else ""
    return said or definition.nodes[at].name


def ever_offered(
    choices: Choices | None, lists: Mapping[str, Instance], language: str
) -> dict[str, str] | None:
    """Return value → label of all a question may ever offer, its filters left aside.

    None when that cannot be told without answers, or when the list is not a table.
    """
    if choices is None:
        return None
    if choices.items is not None:
        return {item.value: plain(item.label, language) for item in choices.items}
    return dict(_rows(choices, lists, language)) if _is_table(choices, lists) else None


def _is_table(choices: Choices, lists: Mapping[str, Instance]) -> bool:
    found = lists.get(choices.instance or "")
    return found is not None and choices.value in (found.columns or [])


def _rows(
    choices: Choices, lists: Mapping[str, Instance], language: str
) -> Iterator[tuple[str, str]]:
    found = lists[choices.instance or ""]
    columns, values = found.columns or [], found.values or []
    at = columns.index(choices.value or "")
    label = columns.index(choices.label) if choices.label in columns else at
    for value, said in zip(values[at], values[label], strict=True):
        yield plain(value, language), plain(said, language)
