"""Names as people type them when they search: no marks, no case, one kind of apostrophe.

Vietnamese is often typed without marks, tone marks stand on either vowel (òa, oà), and some phones
send letters and marks apart (NFD). Folding both sides makes them meet.
"""

from __future__ import annotations

import unicodedata

_SINGLES = str.maketrans({"đ": "d", "’": "'", "ʼ": "'", "‘": "'", "`": "'"})


def fold(text: str) -> str:
    """The comparison key of a name or a search text."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_SINGLES).split())
