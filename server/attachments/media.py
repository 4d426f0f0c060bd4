"""What a page is, by its first bytes: a picture, or a sound, film or document (pure).

What the phone says about a page is not believed; it only chooses between sound and film where one
container holds either. The phone looks at the same bytes first (pwa/capture/media.ts).
"""

from __future__ import annotations

from . import pictures

# First bytes → the types they may stand for, the likeliest first.
STARTS: tuple[tuple[bytes, tuple[str, ...]], ...] = (
    (b"%PDF-", ("application/pdf",)),
    (b"\x1aE\xdf\xa3", ("video/webm", "audio/webm")),
    (b"OggS", ("audio/ogg", "video/ogg")),
    (b"ID3", ("audio/mpeg",)),
    (b"\xff\xfb", ("audio/mpeg",)),
    (b"\xff\xf3", ("audio/mpeg",)),
    (b"\xff\xf2", ("audio/mpeg",)),
    (b"\xff\xf1", ("audio/aac",)),
    (b"\xff\xf9", ("audio/aac",)),
    (b"#!AMR", ("audio/amr",)),
)
MP4 = ("video/mp4", "audio/mp4")
# Still pictures in the same container as films; no browser at the desk shows them all.
STILLS = frozenset((b"avif", b"heic", b"heix", b"mif1", b"msf1"))


def media_type_of(content: bytes, claimed: str = "") -> str | None:
    """The media type to show a page as; nothing when it is none that is taken.

    `claimed` is what the phone said, which counts only among the types these bytes may stand for.
    """
    kinds = _kinds(content)
    return claimed if claimed in kinds else next(iter(kinds), None)


def _kinds(content: bytes) -> tuple[str, ...]:
    picture = pictures.media_type_of(content)
    if picture:
        return (picture,)
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return ("audio/wav",)
    if content[4:8] == b"ftyp":
        return () if content[8:12] in STILLS else MP4
    return next((kinds for start, kinds in STARTS if content.startswith(start)), ())


def family_of(media_type: str) -> str:
    """`image`, `audio`, `video`, or `file` for all else: how the desk lays a page out."""
    family = media_type.partition("/")[0]
    return family if family in ("image", "audio", "video") else "file"
