"""The words of `or_other` in Vietnamese; pyxform writes “Other” and “Specify other.” everywhere.

The choice's label stands in the translations; the label of the question that follows stands in the
body alone and becomes a translated one. A form without translations keeps what pyxform wrote, for
nothing tells its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

USED = re.compile(r"\bor(_| specify | )other\s*$")
TRANSLATION = re.compile(r"<translation\b([^>]*)>(.*?)</translation>", re.DOTALL)
IN_VIETNAMESE = re.compile(r'lang="(vi|[^"]*\(vi\))"')
CHOICE = ("<value>Other</value>", "<value>Khác</value>")
ASKED, ASKED_VI = "Specify other.", "Khác là gì? Xin ghi rõ."
TEXT_ID = "or_other:label"


def is_used(types: Iterable[str]) -> bool:
    """Tell whether one of the types in a survey ends with `or_other`."""
    return any(USED.search(kind) for kind in types)


def in_vietnamese(xform: str) -> str:
    """Return the XForm with pyxform's own words in Vietnamese where it speaks Vietnamese."""
    if not any(IN_VIETNAMESE.search(one[1]) for one in TRANSLATION.finditer(xform)):
        return xform
    asked = f"<label ref=\"jr:itext('{TEXT_ID}')\"/>"
    return TRANSLATION.sub(_translated, xform).replace(f"<label>{ASKED}</label>", asked)


def _translated(found: re.Match[str]) -> str:
    attributes, texts = found.groups()
    is_vietnamese = IN_VIETNAMESE.search(attributes) is not None
    if is_vietnamese:
        texts = texts.replace(*CHOICE)
    words = ASKED_VI if is_vietnamese else ASKED
    own = f'<text id="{TEXT_ID}"><value>{words}</value></text>'
    return f"<translation{attributes}>{texts}{own}</translation>"
