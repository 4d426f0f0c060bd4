"""A procedure's folder on disk: `procedure.yaml`, the form, the lists it names.

The file speaks of one form and of one or more procedures that use it; what the catalogue shows is
taken over in the catalogue's own shape (docs/contracts.md, 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from . import media
from .findings import Findings

LISTS = "lists"
MEDIA = "media"
STATED = "procedure.yaml"
PARTS = ("name", "summary", "field", "authority", "result", "online")


@dataclass(frozen=True, slots=True)
class ProcedureFile:
    """One procedure: code, slug, what the catalogue says, which answers tell what it is about."""

    code: str
    slug: str
    about: dict[str, Any]
    sameness: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds: the form's file and bytes, its attachments, its procedures."""

    form_name: str
    form: bytes
    attachments: dict[str, bytes]
    procedures: list[ProcedureFile]


def read(folder: Path) -> Folder:
    """Read a procedure's folder. Raises FormFault when something in it cannot be read."""
    findings = Findings()
    stated = _yaml(folder / STATED, findings)
    file = folder / str((stated.get("form") or {}).get("file", "form.md"))
    if not file.is_file():
        findings.error("form-unreadable", str(file), detail="there is no such file")
    procedures = []
    for one in stated.get("procedures") or []:
        missing = [part for part in ("code", "slug", *PARTS[:1]) if part not in one]
        if missing:
            detail = f"a procedure lacks {', '.join(missing)}"
            findings.error("form-unreadable", "procedure.yaml", detail=detail)
        else:
            procedures.append(_procedure(one))
    findings.stop_if_errors()
    return Folder(file.name, file.read_bytes(), attachments_of(folder), procedures)


def _procedure(stated: dict[str, Any]) -> ProcedureFile:
    sameness = [[str(place) for place in group] for group in stated.get("sameness") or []]
    return ProcedureFile(str(stated["code"]), str(stated["slug"]), about(stated), sameness)


def attachments_of(folder: Path) -> dict[str, bytes]:
    """Return the files a form in this folder may name: shared lists, then its own beside it."""
    found: dict[str, bytes] = {}
    for place in (folder.parent.parent / LISTS, folder, folder / MEDIA):
        for file in sorted(place.glob("*")) if place.is_dir() else ():
            is_list = file.suffix in (".csv", ".xml", ".geojson") and file.name != "fields.csv"
            if is_list or media.type_of(file.name):
                found[file.name] = file.read_bytes()
    return found


def about(stated: dict[str, Any]) -> dict[str, Any]:
    """Return what the catalogue says of a procedure."""
    shown = {part: stated[part] for part in PARTS if part in stated}
    limit = stated.get("time_limit") or {}
    fee = stated.get("fee") or {}
    shown["timeLimit"] = {
        "unit": limit.get("unit", "working_day"),
        "value": limit.get("value"),
        **({"cutoff": limit["cutoff"]} if "cutoff" in limit else {}),
        "text": limit.get("text", {"vi": "", "en": ""}),
    }
    shown["fee"] = {
        "text": fee.get("text", {"vi": "", "en": ""}),
        **({"amounts": fee["amounts"]} if fee.get("amounts") else {}),
    }
    shown["papers"] = [
        {part: paper[part] for part in ("name", "when", "question") if part in paper}
        for paper in stated.get("papers") or []
    ]
    return shown


def _yaml(file: Path, findings: Findings) -> dict[str, Any]:
    try:
        stated = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        findings.error("form-unreadable", file.name, detail=str(fault))
        findings.stop_if_errors()
        raise
    return stated if isinstance(stated, dict) else {}
