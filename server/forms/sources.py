"""A form from whatever it was written in: Markdown, XLSX or XForm XML, to the compiled form.

CPU-bound like everything it calls: callers on the event loop run it in a thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from . import procedures, reach, spreadsheet
from .compiler import Compiled, compile_form
from .findings import Finding, Findings, FormFault


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a form found: nothing compiled when there are errors."""

    name: str
    compiled: Compiled | None
    findings: list[Finding]


def compile_source(
    content: bytes,
    name: str,
    attachments: Mapping[str, bytes],
    kept: Mapping[str, bytes] | None = None,
) -> Compiled:
    """Compile a form by the ending of its name. Raises FormFault; places name sheet and row."""
    if name.lower().endswith(".xml"):
        compiled = compile_form(content, attachments, kept=kept)
        return _with_reach(compiled, {})
    converted = spreadsheet.to_xform(content, name)
    try:
        compiled = compile_form(converted.xform, attachments, converted.findings, kept)
    except FormFault as fault:
        raise FormFault(
            [spreadsheet.located(finding, converted.rows) for finding in fault.findings]
        ) from fault
    return _with_reach(compiled, converted.rows)


def _with_reach(compiled: Compiled, rows: dict[str, int]) -> Compiled:
    """Add what no path reaches to the remarks; name the rows of all."""
    findings = Findings(list(compiled.warnings))
    reach.note(compiled, findings)
    located = [spreadsheet.located(finding, rows) for finding in findings.found]
    return replace(compiled, warnings=located)


def check(path: Path) -> Report:
    """Compile a file or a procedure's folder without publishing it."""
    try:
        if path.is_dir():
            folder = procedures.read(path)
            compiled = compile_source(folder.form, folder.form_name, folder.attachments)
        else:
            attachments = procedures.attachments_of(path.parent)
            compiled = compile_source(path.read_bytes(), path.name, attachments)
    except FormFault as fault:
        return Report(str(path), None, fault.findings)
    return Report(str(path), compiled, compiled.warnings)
