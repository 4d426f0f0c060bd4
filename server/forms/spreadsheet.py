"""XLSForm to XForm XML. The only importer of pyxform.

Takes Markdown tables and XLSX workbooks. A workbook comes from outside: its size unpacked, its rows
and columns are limited before anything reads a cell, and macros, links to other workbooks and the
old binary format are refused. Work is CPU-bound: callers run `to_xform` in a thread.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from . import columns, or_other, workbook
from .findings import Finding, Findings
from .workbook import MAX_ROWS

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 30
ROW = re.compile(r"\[row\s*:\s*(\d+)\]", re.IGNORECASE)
SHEET = re.compile(r"['‘“](survey|choices|settings|entities|osm|external_choices)['’”]")
COLUMN = re.compile(r"the '([^']+)' value")
TYPE = re.compile(r"Unknown question type '(.+?)'")
# The column of the survey sheet that a facet of a bind was written in.
COLUMNS = {
    "calculate": "calculation",
    "constraintMsg": "constraint_message",
    "requiredMsg": "required_message",
    "count": "repeat_count",
    "choices": "choice_filter",
    "output": "label",
    "setvalue": "default",
}
# What the settings sheet writes into the XForm outside of any question.
WHOLE = frozenset(("submission", "body"))


@dataclass(slots=True)
class Converted:
    """The XForm XML, what pyxform remarked, and the survey row of each path."""

    xform: str
    findings: Findings
    rows: dict[str, int] = field(default_factory=dict)


def to_xform(content: bytes, name: str) -> Converted:
    """Convert a spreadsheet by the ending of its name (`.md`, `.xlsx`). Raises FormFault."""
    findings = Findings()
    ending = "." + name.rpartition(".")[2].lower()
    if len(content) > MAX_BYTES:
        findings.error("form-too-large", name, detail=f"more than {MAX_BYTES} bytes")
    elif ending == ".xlsx":
        workbook.check(content, name, findings)
    elif ending != ".md":
        findings.error("form-unreadable", name, detail="give .md, .xlsx or .xml")
    findings.stop_if_errors()
    source: Any = content if ending == ".xlsx" else content.decode("utf-8", "replace")
    sheets: Any = None
    try:
        sheets = get_xlsform(source, file_type=ending)
        rows = _rows(sheets.survey or [], sheets, name, findings)
        findings.stop_if_errors()
        converted = convert(xlsform=source, file_type=ending, validate=False)
    except PyXFormError as fault:
        _note(_with_row(str(fault), sheets), name, findings, "error")
        findings.stop_if_errors()
        raise
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as fault:
        # pyxform lets such faults of damaged workbooks through.
        findings.error("form-unreadable", name, detail=str(fault) or type(fault).__name__)
        findings.stop_if_errors()
        raise
    for remark in converted.warnings:
        # The phone makes every picture small by itself.
        if "max-pixels" in remark:
            continue
        _note(remark, name, findings, "warning")
    for sheet in ("survey", "settings"):
        header = (getattr(sheets, f"{sheet}_header") or [{}])[0]
        columns.remark(sheet, header, findings)
    types = (str(row.get("type") or "") for row in sheets.survey or [])
    xform = converted.xform
    if or_other.is_used(types):
        xform = or_other.in_vietnamese(xform)
    return Converted(xform, findings, rows)


def located(finding: Finding, rows: dict[str, int]) -> Finding:
    """Name sheet, row and column of a finding whose place is a node path of the XForm."""
    path, _, facet = finding.place.partition(" ")
    if finding.place in rows and not path.startswith("/"):
        place = f"choices row {rows[finding.place]}, label ({facet})"
    elif rows and path in WHOLE:
        place = f"settings row 2, {facet}"
    elif path in rows:
        last = facet.rpartition(" ")[2]
        column = COLUMNS.get(last, last)
        place = f"survey row {rows[path]}" + (f", {column}" if column else "") + f" ({path})"
    else:
        return finding
    return replace(finding, place=place)


def _rows(survey: Any, sheets: Any, name: str, findings: Findings) -> dict[str, int]:
    """Return the row of each path of the survey sheet, by following its groups and repeats, and of
    each choice under `instance <list> <name>`."""
    settings = (sheets.settings or [{}])[0]
    around = ["/" + str(settings.get("name") or "data")]
    found: dict[str, int] = {}
    if len(survey) > MAX_ROWS:
        findings.error("form-too-large", "survey", detail=f"more than {MAX_ROWS} rows")
    for number, row in enumerate(survey, 2):
        kind = " ".join(str(row.get("type") or "").lower().replace("_", " ").split())
        if kind.startswith("end "):
            around = around[:-1] or around
        elif row.get("name"):
            path = f"{around[-1]}/{row['name']}"
            found.setdefault(path, number)
            if kind.startswith("begin "):
                around.append(path)
        elif kind.startswith("begin "):
            around.append(around[-1])
        if len(around) > MAX_DEPTH:
            findings.error(
                "form-too-large", f"survey row {number}", detail=f"deeper than {MAX_DEPTH} groups"
            )
            break
    for number, row in enumerate(sheets.choices or [], 2):
        found.setdefault(f"instance {row.get('list_name')} {row.get('name')}", number)
    return found


def _with_row(text: str, sheets: Any) -> str:
    """Add the row to a fault that tells only the type."""
    unknown = TYPE.search(text)
    for number, row in enumerate((sheets.survey or []) if sheets and unknown else [], 2):
        if unknown and str(row.get("type") or "").split()[:1] == unknown[1].split()[:1]:
            return f"[row : {number}] {text}"
    return text


def _note(text: str, name: str, findings: Findings, level: str) -> None:
    """Note what pyxform says, with the sheet, row and column it names."""
    row, sheet, column = ROW.search(text), SHEET.search(text), COLUMN.search(text)
    if row:
        place = f"{sheet[1] if sheet else 'survey'} row {row[1]}"
        place += f", {column[1]}" if column else ", type" if TYPE.search(text) else ""
    else:
        place = f"{sheet[1]} sheet" if sheet else name
    detail = ROW.sub("", text).strip()
    if level == "error":
        findings.error("spreadsheet-fault", place, detail=detail)
    else:
        findings.warning("spreadsheet-remark", place, detail=detail)
