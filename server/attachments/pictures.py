"""Whether bytes are really a picture the desk may show, by their first bytes alone (pure).

What the phone says about a page is not believed. Only JPEG, PNG and WebP are shown; one that would
unfold to more than 50 million points is refused, because a few kilobytes can be a bomb for the
clerk's browser.
"""

from __future__ import annotations

import struct

MAX_POINTS = 50_000_000
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def media_type_of(content: bytes) -> str | None:
    """`image/jpeg`, `image/png` or `image/webp`; nothing when it is none of them or too large."""
    for media_type, measure in (
        ("image/jpeg", _jpeg),
        ("image/png", _png),
        ("image/webp", _webp),
    ):
        try:
            size = measure(content)
        except (IndexError, struct.error):
            size = None
        if size:
            width, height = size
            return media_type if 0 < width * height <= MAX_POINTS else None
    return None


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if content[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
    return None
