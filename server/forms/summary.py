"""Answers as people at the desk read them: sections of labelled lines, in a language.

Groups become sections, every instance of a repeat a section of its own; choices show their labels,
dates read day/month/year, a photo names its page. What is not relevant or not asked is left out; so
are notes, but for those that repeat answers: they stand for questions that need not be asked twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .definition import Element
from .filling import Filling
from .form import Form
from .instance import InstanceNode
from .offers import label_of
from .wording import repeats_answers

WORDS = {
    "vi": {"true": "Có", "false": "Không", "agreed": "Đã đồng ý", "note": "Ghi chú"},
    "en": {"true": "Yes", "false": "No", "agreed": "Agreed", "note": "Note"},
}
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}).*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer.

    `path` is its reference, `page` the name of the page that answers it (empty for other kinds).
    What the form computes by itself (`is_computed`) nobody can be asked to mend.
    """

    path: str
    label: str
    value: str
    page: str = ""
    kind: str = "question"
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the form. The title may be empty for questions outside any group."""

    title: str
    path: str
    lines: list[Line] = field(default_factory=list)


def summarise(
    form: Form,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    language: str = "",
    with_unanswered: bool = False,
) -> list[Section]:
    """Return the sections of a dossier's answers; those without a line are left out."""
    filling = Filling(form, answers=answers, now=now, language=language)
    writer = _Writer(filling, with_unanswered)
    top = filling.growth.top
    writer.sections.append(Section("", top.reference()))
    writer.write(form.definition.body, top, "")
    return [section for section in writer.sections if section.lines]


class _Writer:
    """Walks the body and the nodes side by side."""

    def __init__(self, filling: Filling, with_unanswered: bool) -> None:
        self.filling = filling
        self.with_unanswered = with_unanswered
        self.sections: list[Section] = []

    def write(self, body: list[Element], around: InstanceNode, title: str) -> None:
        """Write elements that stand inside a node."""
        for element in body:
            if element.as_ == "group":
                self.group(element, around, title)
            elif element.as_ == "repeat":
                self.repeat(element, around, title)
            elif element.node is not None:
                write = self.note if element.as_ == "note" else self.line
                for node in self.nodes(element.node, around):
                    write(element, node)

    def nodes(self, at: int, around: InstanceNode) -> Iterator[InstanceNode]:
        """Give the relevant nodes of a definition node inside the scope of another."""
        if at in around.scope.nodes and around.scope.nodes[at].relevant:
            yield around.scope.nodes[at]

    def group(self, element: Element, around: InstanceNode, title: str) -> None:
        """Write a group: a section of its own when it has a label."""
        here = around
        if element.node is not None:
            found = next(self.nodes(element.node, around), None)
            if found is None:
                return
            here = found
        label = self.filling.say(element.label, here)
        before = self.sections[-1]
        if label:
            title = f"{title} – {label}" if title else label
            self.sections.append(Section(title, here.reference()))
        self.write(element.items or [], here, title)
        if label:
            # What follows the group belongs to what was around it.
            self.sections.append(Section(before.title, before.path))

    def repeat(self, element: Element, around: InstanceNode, title: str) -> None:
        """Write every instance of a repeat."""
        before = self.sections[-1]
        for place, node in enumerate(around.scope.ranges.get(element.node or 0, ()), 1):
            if node.relevant:
                label = self.filling.say(element.label, node)
                own = f"{label} {place}".strip()
                full = f"{title} – {own}" if title and title != label else own
                self.sections.append(Section(full, node.reference()))
                self.write(element.items or [], node, full)
        self.sections.append(Section(before.title, before.path))

    def line(self, element: Element, node: InstanceNode) -> None:
        """Write one question, if it was answered or the unanswered are wanted too."""
        if not node.value and not self.with_unanswered:
            return
        is_page = element.as_ == "upload"
        self.sections[-1].lines.append(
            Line(
                path=node.reference(),
                label=self.filling.say(element.label, node) or node.name,
                value=self.shown(element, node),
                page=node.value if is_page else "",
                kind="page" if is_page else "question",
                is_computed=self.filling.form.nodes[node.at].calculate is not None,
            )
        )

    def note(self, element: Element, node: InstanceNode) -> None:
        """Write a note that tells what was answered elsewhere; nobody can be asked to mend it."""
        if self.with_unanswered or not repeats_answers(element.label):
            return
        words = WORDS.get(self.filling.language, WORDS["vi"])
        told = self.filling.say(element.label, node)
        self.sections[-1].lines.append(
            Line(node.reference(), words["note"], told, kind="note", is_computed=True)
        )

    def shown(self, element: Element, node: InstanceNode) -> str:
        """Return an answer in words."""
        value = node.value
        if not value:
            return ""
        words = WORDS.get(self.filling.language, WORDS["vi"])
        kind = self.filling.form.nodes[node.at].type
        if element.as_ == "trigger":
            return words["agreed"]
        if kind == "boolean":
            return words.get(value, value)
        if kind in ("date", "dateTime"):
            return DATE.sub(_written_date, value)
        if element.choices is not None:
            picked = value.split() if kind in ("select", "rank") else [value]
            return "; ".join(label_of(self.filling, node, node.at, one) or one for one in picked)
        return value


def _written_date(found: re.Match[str]) -> str:
    year, month, day, time = found.groups()
    return f"{day}/{month}/{year}" + (f" {time}" if time else "")
