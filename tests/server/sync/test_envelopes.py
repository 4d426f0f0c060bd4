"""Hostile envelopes: each is refused with its own problem before anything is stored."""

import uuid
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server import base64url
from server.errors import Problem
from server.keyring import Keyring, open_keyring
from server.sync.envelopes import inflated, open_envelope, read_signed
from server.sync.protocol import MAX_INFLATED, Envelope
from tests.support.mutations import Photo, envelope, sealed, signed, submission
from tests.support.phones import Phone


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return open_keyring(tmp_path_factory.mktemp("keys"))


def opened(keyring: Keyring, sent: dict[str, str]) -> Any:
    return open_envelope(keyring.agency, msgspec.convert(sent, Envelope))


def refusal(keyring: Keyring, sent: dict[str, str]) -> str:
    with pytest.raises(Problem) as problem:
        opened(keyring, sent)
    return problem.value.code


def packed(payload: Any, phone: Phone | None = None) -> bytes:
    return zlib.compress(signed(phone or Phone(), payload))


def test_envelope_opens_to_what_the_phone_said(keyring: Keyring) -> None:
    phone, payload = Phone(), submission(Photo("/data/giay_to/chung_sinh"))
    found = opened(keyring, envelope(keyring, phone, payload))
    assert found.device_id == phone.id
    assert found.payload.answers == payload["answers"]
    assert found.payload.pages[0].digest == payload["pages"][0]["digest"]


def test_uncompressed_content_opens_too(keyring: Keyring) -> None:
    payload = submission()
    sent = sealed(keyring, payload["id"], b"\0" + signed(Phone(), payload))
    assert opened(keyring, sent).payload.id == payload["id"]


def test_older_agency_keys_still_open(tmp_path: Path) -> None:
    old = open_keyring(tmp_path)
    sent = envelope(old, Phone(), submission())
    (tmp_path / "agency-2.pem").write_bytes((tmp_path / "push.pem").read_bytes())
    new = open_keyring(tmp_path)
    assert new.agency[-1].kid != old.agency[-1].kid
    assert opened(new, sent).payload.id == sent["id"]


def test_unknown_key_is_told_apart(keyring: Keyring) -> None:
    sent = envelope(keyring, Phone(), submission())
    assert refusal(keyring, {**sent, "kid": "khac"}) == "envelope-key-unknown"


def test_envelope_of_another_mutation_does_not_open(keyring: Keyring) -> None:
    sent = envelope(keyring, Phone(), submission())
    assert refusal(keyring, {**sent, "id": str(uuid.uuid4())}) == "envelope-unreadable"


def test_content_of_another_mutation_is_refused(keyring: Keyring) -> None:
    sent = sealed(keyring, str(uuid.uuid4()), packed(submission()))
    assert refusal(keyring, sent) == "envelope-unreadable"


@pytest.mark.parametrize("content", ["", "AAAA", base64url.encode(bytes(range(200)))])
def test_noise_is_unreadable(keyring: Keyring, content: str) -> None:
    sent = envelope(keyring, Phone(), submission())
    assert refusal(keyring, {**sent, "sealed": content}) == "envelope-unreadable"


def test_changed_content_breaks_the_signature(keyring: Keyring) -> None:
    payload = submission()
    content = signed(Phone(), payload).replace("Giàng".encode(), "Vàngg".encode())
    sent = sealed(keyring, payload["id"], zlib.compress(content))
    assert refusal(keyring, sent) == "signature-invalid"


def test_point_that_is_on_no_curve_is_refused() -> None:
    content = b"\1" + b"\4" + bytes(64) + bytes(64) + b"{}"
    with pytest.raises(Problem, match="signature-invalid"):
        read_signed(content)


def test_bomb_is_never_unfolded_past_the_limit() -> None:
    bomb = zlib.compress(bytes(200_000_000))
    with pytest.raises(Problem, match="request-too-large"):
        inflated(bomb)
    assert len(inflated(zlib.compress(bytes(MAX_INFLATED)))) == MAX_INFLATED


@pytest.mark.parametrize(
    "content", [zlib.compress(b"x")[:-1], zlib.compress(b"x") + b"y", b"", b"\x78\x9c"]
)
def test_cut_or_prolonged_content_is_unreadable(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut short|follows"):
        inflated(content)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"v": 2}, "$.v"),
        ({"kind": "dossier.delete"}, "$.kind"),
        ({"dossier": "ABC"}, "$.dossier"),
        ({"dossier": str(uuid.uuid4()).upper()}, "$.dossier"),
        ({"base": -1}, "$.base"),
        ({"at": "hôm nay"}, "$.at"),
        ({"commune": "2683"}, "$.commune"),
        ({"form": "A" * 64}, "$.form"),
        ({"answers": []}, "$.answers"),
        ({"answers": {"ho_ten": 5}}, "text expected"),
        ({"answers": {"con": [{"ten": None}]}}, "text expected"),
        ({"answers": {"ho_ten": "a\0b"}}, "NUL"),
        ({"applicant": {"name": ""}}, "$.applicant.name"),
        ({"applicant": {"name": "x" * 201}}, "$.applicant.name"),
        ({"pages": [{}] * 61}, "$.pages"),
    ],
)
def test_payload_that_does_not_fit_is_refused_by_place(
    keyring: Keyring, change: dict[str, Any], place: str
) -> None:
    payload = submission(**change)
    sent = sealed(keyring, payload["id"], packed(payload))
    with pytest.raises(Problem) as problem:
        opened(keyring, sent)
    assert problem.value.code == "request-malformed"
    assert place in problem.value.facts["reason"]


def test_backslash_before_u0000_is_no_nul(keyring: Keyring) -> None:
    payload = submission()
    payload["answers"]["ho_ten"] = "\\u0000"
    assert opened(keyring, envelope(keyring, Phone(), payload)).payload.answers["ho_ten"]


def test_deep_json_is_refused_before_it_is_parsed(keyring: Keyring) -> None:
    mutation_id = str(uuid.uuid4())
    content = b'{"answers":' + b'{"a":' * 40 + b'""' + b"}" * 40 + b"}"
    sent = sealed(keyring, mutation_id, packed(content))
    assert refusal(keyring, sent) == "request-malformed"


@pytest.mark.parametrize(
    "change",
    [
        {"length": 5},
        {"size": 0},
        {"size": (8 << 20) + 1},
        {"digest": "xyz"},
        {"key": "AAAA"},
        {"type": "image/svg+xml"},
        {"name": "../x.jpg"},
        {"path": "khong"},
    ],
)
def test_page_that_does_not_fit_is_refused(keyring: Keyring, change: dict[str, Any]) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    payload = submission(photo, pages=[{**photo.named, **change}])
    sent = sealed(keyring, payload["id"], packed(payload))
    assert refusal(keyring, sent) == "request-malformed"


def test_page_named_twice_is_refused(keyring: Keyring) -> None:
    photo = Photo("/data/giay_to/chung_sinh")
    for other in ({**photo.named}, {**photo.named, "name": "b.jpg"}):
        payload = submission(photo, pages=[photo.named, other])
        sent = sealed(keyring, payload["id"], packed(payload))
        assert refusal(keyring, sent) == "request-malformed"
