"""Envelopes, pages and receipts that the phone's tests read too: both sides understand the same
bytes.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from server import base64url
from server.attachments.ciphertext import decrypt, encrypt, length_of
from server.dossiers.numbering import code_of
from server.errors import Problem
from server.keyring import SigningKey
from server.results import receipts
from server.sync.envelopes import open_envelope
from server.sync.protocol import Envelope

VECTORS = Path(__file__).resolve().parents[2] / "vectors"


def read(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


def key_of(jwk: dict[str, str], kid: str) -> SigningKey:
    secret = int.from_bytes(base64url.decode(jwk["d"]))
    return SigningKey(kid, ec.derive_private_key(secret, ec.SECP256R1()))


@dataclass(frozen=True)
class PublicKey:
    kid: str
    point: bytes


def public(jwk: dict[str, str]) -> PublicKey:
    return PublicKey(jwk["kid"], b"\4" + base64url.decode(jwk["x"]) + base64url.decode(jwk["y"]))


ENVELOPES = read("envelope")
PAGES = read("pages")


AGENCY = key_of(ENVELOPES["agency"]["jwk"], ENVELOPES["agency"]["kid"])


def sent(sealed: str) -> Envelope:
    return Envelope(id=ENVELOPES["mutation"], kid=AGENCY.kid, sealed=sealed)


@pytest.mark.parametrize("case", ENVELOPES["envelopes"], ids=lambda case: case["name"])
def test_envelope_of_the_vectors_opens(case: dict[str, Any]) -> None:
    opened = open_envelope([AGENCY], sent(case["sealed"]))
    assert opened.digest == ENVELOPES["digest"]
    assert opened.device_id == ENVELOPES["device"]["id"]
    assert opened.payload.answers == json.loads(ENVELOPES["payload"])["answers"]
    assert opened.signed == base64url.decode(ENVELOPES["signed"])


@pytest.mark.parametrize("case", ENVELOPES["refused"], ids=lambda case: case["why"])
def test_envelope_that_the_vectors_refuse_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Problem) as problem:
        open_envelope([AGENCY], sent(case["sealed"]))
    assert problem.value.code in ("envelope-unreadable", "signature-invalid")


def test_code_of_the_vectors_is_derived_alike() -> None:
    dossier = ENVELOPES["dossier"]
    assert code_of(uuid.UUID(dossier["id"])) == dossier["code"]


@pytest.mark.parametrize("case", PAGES["cases"], ids=lambda case: str(case["plainLength"]))
def test_page_of_the_vectors_is_encrypted_alike(case: dict[str, Any]) -> None:
    plain = bytes((i * 31 + i // 256) % 256 for i in range(case["plainLength"]))
    key = base64url.decode(case["key"])
    ciphertext = encrypt(plain, key)
    assert hashlib.sha256(ciphertext).hexdigest() == case["digest"]
    assert len(ciphertext) == case["length"] == length_of(len(plain))
    assert decrypt(ciphertext, key) == plain


def test_receipt_of_the_vectors_verifies() -> None:
    vector = read("receipts")
    keys = [public(jwk) for jwk in vector["keys"]]
    receipt = receipts.check(keys, vector["receipt"])
    assert receipt is not None
    assert receipt.jti == vector["payload"]["jti"]
    assert receipt.code == vector["payload"]["code"]


@pytest.mark.parametrize("case", read("receipts")["refused"], ids=lambda case: case["why"])
def test_receipt_that_is_not_genuine_is_refused(case: dict[str, Any]) -> None:
    keys = [public(jwk) for jwk in read("receipts")["keys"]]
    is_about_another = case["fault"] == "receipt-mismatch"
    assert (receipts.check(keys, case["receipt"]) is not None) == is_about_another
