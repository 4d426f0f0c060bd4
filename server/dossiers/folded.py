"""Names as people type them when they search: no marks, no case, one kind of apostrophe.

Vietnamese is often typed without marks, tone marks stand on either vowel (òa, oà), and some phones
send letters and marks apart (NFD). Folding both sides makes them meet.
"""

from __future__ import annotations

import unicodedata

_SINGLES = str.maketrans({"đ": "d", "’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_MARKS = "\u0300"


def fold(text: str) -> str:
    """The comparison key of a name or a search text."""
    bare = text.lower()
    if not bare.isascii():
        apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
        # No mark comes before the block that is named after them.
        bare = "".join([one for one in apart if one < _MARKS or not unicodedata.combining(one)])
    return " ".join(bare.translate(_SINGLES).split())
