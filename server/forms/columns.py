"""Columns of a spreadsheet that nothing reads: told to the author, who may have misspelt (pure).

pyxform leaves out what it does not know without a word. The sheet of choices may have any columns,
for filters; those of the others are the XLSForm reference's. An author's own notes are let pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .findings import Findings

SURVEY = frozenset(
    "type name label caption hint guidance_hint constraint constraint_message required "
    "required_message requiredmsg noapperrorstring default relevant relevance read_only readonly "
    "calculation calculate appearance parameters trigger choice_filter repeat_count count rows "
    "image audio video big-image media autoplay save_to bind body control instance disabled "
    "value tag command constraining_message jr".split()
)
SETTINGS = frozenset(
    "form_title set_form_title title form_id set_form_id id_string name version instance_name "
    "default_language style namespaces instance_xmlns attribute allow_choice_duplicates "
    "clean_text_values omit_instanceid add_none_option public_key submission_url auto_send "
    "auto_delete".split()
)
# An author's own, and what a head without words reads as.
NOTES = frozenset("none note notes comment comments description kuid".split())


def remark(sheet: str, headers: Iterable[str | None], findings: Findings) -> None:
    """Note each column of `survey` or `settings` that says nothing to a phone."""
    known = SURVEY if sheet == "survey" else SETTINGS
    for header in _unknown(headers, known | NOTES):
        detail = "no column that is read; look at how its name is written"
        findings.warning("part-ignored", f"{sheet} row 1, {header}", name=header, detail=detail)


def _unknown(headers: Iterable[str | None], known: frozenset[str]) -> Iterator[str]:
    for header in headers:
        # `label::Tiếng Việt (vi)`, `media:image`, `Read Only`
        name = "_".join((header or "").partition(":")[0].lower().split())
        # Tools keep columns of their own whose names begin so.
        if header and name and not name.startswith(("$", "_")) and name not in known:
            yield header
