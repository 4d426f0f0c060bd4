"""Posted forms as checked values.

What is missing or out of bounds is said by name; nothing is guessed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request

from ..errors import Problem

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Marks:
    """A supplement request as it was posted; also what is shown again when something is missing."""

    version: int
    sentence: str
    items: list[dict[str, str]]


async def posted(request: Request) -> FormData:
    """The fields of a posted form: no files, a bounded number of fields."""
    return await request.form(max_files=0, max_fields=2000, max_part_size=16_384)


def text(form: FormData, name: str, label: str = "", *, longest: int = LONGEST) -> str:
    """A field without outer blanks.

    Raises `input-missing` when `label` is given and it is empty.
    """
    value = form.get(name, "")
    value = value.strip()[:longest] if isinstance(value, str) else ""
    if label and not value:
        raise Problem("input-missing", {"field": label})
    return value


def version(form: FormData) -> int:
    """The dossier's version the person saw. Raises `dossier-changed` when it is not a number."""
    value = text(form, "version")
    if not value.isascii() or not value.isdigit():
        raise Problem("dossier-changed")
    return int(value)


def person(form: FormData, label: str) -> uuid.UUID:
    """A chosen person. Raises `input-missing`."""
    try:
        return uuid.UUID(text(form, "person", label))
    except ValueError:
        raise Problem("input-missing", {"field": label}) from None


def marks(form: FormData) -> Marks:
    """The marked questions and pages, each with its note: values of `mark` are `kind:path`."""
    items: list[dict[str, str]] = []
    for value in form.getlist("mark"):
        kind, _, path = str(value).partition(":")
        if kind not in ("question", "page") or not path.startswith("/"):
            continue
        item: dict[str, Any] = {"path": path[:300], "kind": kind}
        if note := text(form, f"note:{path}", longest=300):
            item["note"] = note
        items.append(item)
    return Marks(version(form), text(form, "sentence"), items)


def local_path(value: str, otherwise: str) -> str:
    """An address of the desk to go to next;

    anything else becomes `otherwise`, so no link leads out.
    """
    if value.startswith("/desk") and not value.startswith("//") and "\\" not in value:
        return value
    return otherwise
