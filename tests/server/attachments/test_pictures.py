"""What is a picture is told by its bytes, not by what the phone says."""

import struct

import pytest

from server.attachments.pictures import media_type_of


def jpeg(width: int, height: int, before: bytes = b"") -> bytes:
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC0, 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + before + frame + b"\xff\xd9"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(9)


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + bytes(4) + b"WEBP" + kind + bytes(4) + body


EXIF = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0GP"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (jpeg(1600, 1200), "image/jpeg"),
        (jpeg(1600, 1200, EXIF), "image/jpeg"),
        (jpeg(1600, 1200, b"\xff" + EXIF), "image/jpeg"),
        (png(720, 1600), "image/png"),
        (webp(b"VP8X", bytes(4) + b"\x3f\x06\0\xaf\x04\0"), "image/webp"),
        (webp(b"VP8L", b"\x2f\xff\xc1\x3f\0"), "image/webp"),
        (webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a\x80\x02\xe0\x01"), "image/webp"),
    ],
)
def test_picture_is_known_by_its_bytes(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script>",
        b"GIF89a\1\0\1\0",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\xff\xff",
        jpeg(0, 10),
        png(100_000, 100_000)[:20],
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert media_type_of(content) is None


@pytest.mark.parametrize("content", [jpeg(65_000, 65_000), png(2**31, 2**31)])
def test_picture_that_would_unfold_without_bounds_is_refused(content: bytes) -> None:
    assert media_type_of(content) is None
