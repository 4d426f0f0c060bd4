"""What a page is is told by its bytes; the phone only chooses between sound and film."""

import re
import typing
from pathlib import Path

import pytest

from server.attachments.media import family_of, media_type_of
from server.sync.payload import PayloadPage
from tests.support.mutations import PICTURE

MP4 = bytes(4) + b"ftypisom" + bytes(8)
WEBM = b"\x1aE\xdf\xa3" + bytes(16)


@pytest.mark.parametrize(
    ("content", "claimed", "found"),
    [
        (PICTURE, "application/pdf", "image/png"),
        (b"%PDF-1.7\n", "image/jpeg", "application/pdf"),
        (WEBM, "audio/webm", "audio/webm"),
        (WEBM, "image/png", "video/webm"),
        (MP4, "audio/mp4", "audio/mp4"),
        (MP4, "", "video/mp4"),
        (b"OggS" + bytes(12), "", "audio/ogg"),
        (b"ID3\4" + bytes(12), "", "audio/mpeg"),
        (b"\xff\xfb" + bytes(12), "", "audio/mpeg"),
        (b"\xff\xf1" + bytes(12), "", "audio/aac"),
        (b"#!AMR\n" + bytes(12), "", "audio/amr"),
        (b"RIFF" + bytes(4) + b"WAVEfmt ", "", "audio/wav"),
    ],
)
def test_bytes_say_the_kind_and_the_phone_chooses_only_within_it(
    content: bytes, claimed: str, found: str
) -> None:
    assert media_type_of(content, claimed) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\3\4",
        b"MZ\x90",
        bytes(4) + b"ftypheic" + bytes(8),
    ],
)
def test_what_is_not_taken_has_no_kind(content: bytes) -> None:
    assert media_type_of(content, "text/html") is None


def test_desk_lays_out_by_family() -> None:
    assert [family_of(kind) for kind in ("image/png", "audio/webm", "video/mp4")] == [
        "image",
        "audio",
        "video",
    ]
    assert family_of("application/pdf") == "file"
    assert family_of("text/html") == "file"


def test_phone_keeps_no_kind_that_the_exchange_does_not_take() -> None:
    source = (Path(__file__).parents[3] / "pwa" / "store" / "blobs.ts").read_text()
    kept = set(re.findall(r'"((?:image|audio|video|application)/[a-z0-9]+)":', source))
    taken = set(typing.get_args(typing.get_type_hints(PayloadPage)["type"]))
    assert kept == taken
