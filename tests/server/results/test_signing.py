"""ES256 by hand: others can check it, and what was changed does not hold."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes

from server.keyring import SigningKey, point_of, thumbprint
from server.results import receipts, signing
from server.results.receipts import Receipt


def new_key() -> SigningKey:
    private = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(thumbprint(point_of(private)), private)


KEY = new_key()
RECEIPT = Receipt(
    iss="https://motcua.example.vn",
    jti="8d7c1c52-7a55-4d0e-8a2b-6d8f2f1f9b02",
    sub="3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01",
    iat=1795309324,
    kind="dossier.submit",
    verdict="applied",
    digest="a" * 64,
    pages=["b" * 64],
    device="d" * 43,
    at="2026-11-22T01:02:03Z",
    code="HS-Z1H1-M8WV",
)


def test_receipt_comes_back_as_it_was_signed() -> None:
    text = receipts.issue([KEY], RECEIPT)
    assert receipts.check([KEY], text) == RECEIPT
    assert receipts.check([KEY], f"\n{text[:40]} \n {text[40:]}") == RECEIPT


def test_header_names_algorithm_key_and_type() -> None:
    head = receipts.issue([KEY], RECEIPT).partition(".")[0]
    assert json.loads(base64url_to_bytes(head)) == {
        "alg": "ES256",
        "kid": KEY.kid,
        "typ": "hoso-receipt+jwt",
    }


def test_receipt_outlives_the_rotation_of_keys() -> None:
    text = receipts.issue([KEY], RECEIPT)
    newer = new_key()
    assert receipts.check([KEY, newer], text) == RECEIPT
    assert receipts.check([KEY, newer], receipts.issue([KEY, newer], RECEIPT)) == RECEIPT
    assert receipts.check([newer], text) is None


def test_newest_key_signs_and_comes_first_in_the_set() -> None:
    newer = new_key()
    keys = signing.jwks([KEY, newer])["keys"]
    assert [key["kid"] for key in keys] == [newer.kid, KEY.kid]
    assert receipts.check([newer], receipts.issue([KEY, newer], RECEIPT)) == RECEIPT
    assert "d" not in keys[0]


@pytest.mark.parametrize("at", [5, 60, -5])
def test_changed_receipt_does_not_hold(at: int) -> None:
    text = receipts.issue([KEY], RECEIPT)
    letter = "A" if text[at] != "A" else "B"
    changed = text[:at] + letter + text[at:][1:]
    assert receipts.check([KEY], changed) is None


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "." * 3, "é.é.é", "x" * 20_000])
def test_what_is_no_receipt_does_not_hold(text: str) -> None:
    assert receipts.check([KEY], text) is None


def test_token_of_another_kind_does_not_hold() -> None:
    assert receipts.check([KEY], signing.sign(KEY, RECEIPT, "JWT")) is None
