"""Pictures, sounds and films that a form shows beside its words: named files, served by digest.

The words of a question, of a choice or of a list's row name a file (`jr://images/x.png`); it lies
beside the form. A file that is missing is remarked, and the question does without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from .definition import Element, Instance, Text, digest_of
from .findings import Findings
from .places import Places

# What a browser shows by itself and what cannot carry a script.
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
MAX_BYTES = 4 * 1024 * 1024
MAX_ALL_BYTES = 30 * 1024 * 1024


def type_of(name: str) -> str | None:
    """Return the media type of a file by the ending of its name; None for no picture or sound."""
    return TYPES.get(PurePosixPath(name.lower()).suffix)


def gather(
    body: list[Element],
    tables: Mapping[str, Instance],
    places: Places,
    attachments: Mapping[str, bytes],
    findings: Findings,
) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """Return the digests by file name, and name and bytes by digest."""
    names: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for written, place in sorted(set(_named(body, tables, places))):
        name = written.rpartition("/")[2]
        content = attachments.get(name)
        if content is None or type_of(name) is None:
            findings.warning("media-missing", place, name=name)
        elif len(content) > MAX_BYTES:
            detail = f"{name} has more than {MAX_BYTES} bytes"
            findings.error("form-too-large", place, detail=detail)
        else:
            names[name] = digest_of(content)
            files[names[name]] = (name, content)
    if sum(len(content) for _, content in files.values()) > MAX_ALL_BYTES:
        detail = f"its pictures and sounds have more than {MAX_ALL_BYTES} bytes"
        findings.error("form-too-large", "media", detail=detail)
    return names, files


def _named(
    body: list[Element], tables: Mapping[str, Instance], places: Places
) -> Iterator[tuple[str, str]]:
    """Give each file that is named with the place that names it."""
    for element in body:
        place = f"{places.path(element.node or 0)} media"
        yield from _texts(element.media, place)
        choices = element.choices
        if choices is not None:
            for item in choices.items or []:
                yield from _texts(item.media, f"{place} {item.value}")
            table = tables.get(choices.instance or "")
            for column in (choices.media or {}).values() if table else ():
                for cell in _column(table, column):
                    yield from _text(cell, f"instance {choices.instance}")
        yield from _named(element.items or [], tables, places)


def _column(table: Instance | None, column: str) -> list[Text]:
    if table is None or table.columns is None or table.values is None:
        return []
    return table.values[table.columns.index(column)] if column in table.columns else []


def _texts(said: Mapping[str, Any] | None, place: str) -> Iterator[tuple[str, str]]:
    for text in (said or {}).values():
        yield from _text(text, place)


def _text(text: Text, place: str) -> Iterator[tuple[str, str]]:
    """Give the names that a text holds, in any language; one with an output names no file."""
    for name in text.values() if isinstance(text, dict) else (text,):
        if isinstance(name, str) and name not in ("", "-"):
            yield name, place
