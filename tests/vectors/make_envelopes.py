"""Writes envelope.json, pages.json and receipts.json: what phone and server must read alike.

The bytes are made here with the `cryptography` package alone, from docs/contracts.md §3 and §4,
so that neither implementation checks itself. Keys are throw-away keys of these vectors. Every run
draws new keys and nonces: run it only when the contract changes, and commit what it wrote.

    python tests/vectors/make_envelopes.py
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FOLDER = Path(__file__).parent
CHUNK = 64 * 1024
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DOSSIER = "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01"
MUTATION = "8d7c1c52-7a55-4d0e-8a2b-6d8f2f1f9b02"
KID = "agency-vectors"


def text64(content: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The raw uncompressed public point, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def jwk_of(key: ec.EllipticCurvePrivateKey, private: bool = True) -> dict[str, str]:
    """The key as a JWK."""
    point = point_of(key)
    jwk = {"kty": "EC", "crv": "P-256", "x": text64(point[1:33]), "y": text64(point[33:])}
    if private:
        jwk["d"] = text64(key.private_numbers().private_value.to_bytes(32))
    return jwk


def sign(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """ECDSA-SHA256, r ‖ s."""
    r, s = utils.decode_dss_signature(key.sign(content, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def code_of(dossier: str) -> str:
    """HS-XXXX-XXXX of a dossier id."""
    number = int.from_bytes(hashlib.sha256(dossier.encode()).digest()[:5])
    letters = "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))
    return f"HS-{letters[:4]}-{letters[4:]}"


def encrypt_page(key: bytes, plain: bytes) -> bytes:
    """The page cipher of docs/contracts.md §3."""
    count = max(1, -(-len(plain) // CHUNK))
    sealed = b""
    for at in range(count):
        nonce = at.to_bytes(11) + (b"\1" if at == count - 1 else b"\0")
        sealed += AESGCM(key).encrypt(nonce, plain[at * CHUNK : (at + 1) * CHUNK], None)
    return sealed


def pattern(length: int) -> bytes:
    """Plain bytes that need no storing: byte number i is i·31 + i/256, modulo 256."""
    return bytes((i * 31 + i // 256) & 255 for i in range(length))


def pages() -> dict[str, Any]:
    """Ciphertexts at every edge of the chunk size; long ones by their digest."""
    cases = []
    for length in (0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 150_000):
        key = os.urandom(32)
        sealed = encrypt_page(key, pattern(length))
        case: dict[str, Any] = {
            "plainLength": length,
            "key": text64(key),
            "length": len(sealed),
            "digest": hashlib.sha256(sealed).hexdigest(),
        }
        if length <= 1000:
            case["sealed"] = text64(sealed)
        cases.append(case)
    return {"pattern": pattern.__doc__, "chunk": CHUNK, "cases": cases}


def envelope(page: dict[str, Any]) -> dict[str, Any]:
    """One mutation from payload to sealed bytes, and envelopes that must not open."""
    agency, device = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    point = point_of(device)
    payload = {
        "v": 1,
        "id": MUTATION,
        "kind": "dossier.submit",
        "dossier": DOSSIER,
        "base": 0,
        "at": "2026-11-22T01:02:03Z",
        "language": "vi",
        "procedure": "1.001193",
        "form": "0" * 64,
        "commune": "02683",
        "answers": {"tre": {"ho_ten": "Giàng A Thử", "ngay_sinh": "2026-10-01"}, "anh": "a.jpg"},
        "pages": [
            {
                "name": "a.jpg",
                "path": "/data/anh",
                "type": "image/jpeg",
                "size": page["plainLength"],
                "digest": page["digest"],
                "length": page["length"],
                "key": page["key"],
            }
        ],
        "applicant": {"name": "Lò Thị Mẫu", "phone": "0912345678"},
        "helper": None,
    }
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    signature = sign(device, b"hoso/mutation/v1\0" + content)
    signed = b"\1" + point + signature + content
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)

    def seal(inside: bytes, mutation: str = MUTATION, kid: str = KID) -> str:
        info = b"hoso/envelope/v1\0" + kid.encode() + b"\0" + mutation.encode()
        return text64(suite.encrypt(inside, agency.public_key(), info=info))

    forged = b"\1" + point + bytes(64) + content
    other = b"\1" + point + signature + content.replace(b"02683", b"02684")
    nonce = "AAAAAGkhlZs"
    return {
        "agency": {"kid": KID, "jwk": jwk_of(agency), "point": text64(point_of(agency))},
        "device": {
            "jwk": jwk_of(device),
            "point": text64(point),
            "id": text64(hashlib.sha256(point).digest()),
        },
        "mutation": MUTATION,
        "dossier": {"id": DOSSIER, "code": code_of(DOSSIER)},
        "payload": content.decode(),
        "digest": hashlib.sha256(content).hexdigest(),
        "signed": text64(signed),
        "envelopes": [
            {"name": "deflated", "sealed": seal(zlib.compress(signed))},
            {"name": "uncompressed", "sealed": seal(b"\0" + signed)},
        ],
        "refused": [
            {"why": "sealed for another mutation", "sealed": seal(signed, DOSSIER)},
            {"why": "sealed for another key id", "sealed": seal(signed, kid="other")},
            {"why": "signature of nobody", "sealed": seal(zlib.compress(forged))},
            {"why": "payload changed after signing", "sealed": seal(zlib.compress(other))},
            {"why": "unknown version", "sealed": seal(zlib.compress(b"\2" + signed[1:]))},
            {"why": "neither compressed nor marked", "sealed": seal(signed)},
            {"why": "cut short", "sealed": seal(zlib.compress(signed)[:-9])},
        ],
        "proof": {
            "nonce": nonce,
            "cursor": "17",
            "proof": text64(sign(device, b"hoso/sync/v1\0" + nonce.encode() + b"\0" + b"17")),
        },
    }


def receipts(made: dict[str, Any], page: dict[str, Any]) -> dict[str, Any]:
    """One true receipt and others that do not count."""
    key, stranger = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    payload = {
        "iss": "https://motcua.example.vn",
        "jti": MUTATION,
        "sub": DOSSIER,
        "iat": 1795309324,
        "kind": "dossier.submit",
        "verdict": "applied",
        "digest": made["digest"],
        "pages": [page["digest"]],
        "device": made["device"]["id"],
        "at": "2026-11-22T01:02:03Z",
        "code": made["dossier"]["code"],
    }

    def jws(
        signer: ec.EllipticCurvePrivateKey = key,
        head: dict[str, str] | None = None,
        **changes: object,
    ) -> str:
        header = {"alg": "ES256", "kid": "receipt-vectors", "typ": "hoso-receipt+jwt"}
        parts = [{**header, **(head or {})}, {**payload, **changes}]
        text = ".".join(text64(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        return f"{text}.{text64(sign(signer, text.encode()))}"

    def case(why: str, fault: str, receipt: str) -> dict[str, str]:
        return {"why": why, "fault": fault, "receipt": receipt}

    return {
        "keys": [{**jwk_of(key, private=False), "kid": "receipt-vectors", "alg": "ES256"}],
        "receipt": jws(),
        "payload": payload,
        "refused": [
            case("signed by a stranger", "receipt-invalid", jws(stranger)),
            case("another algorithm", "receipt-invalid", jws(head={"alg": "none"})),
            case("another type", "receipt-invalid", jws(head={"typ": "JWT"})),
            case("unknown key", "receipt-key-unknown", jws(head={"kid": "next-year"})),
            case("of another mutation", "receipt-mismatch", jws(jti=DOSSIER)),
            case("of another dossier", "receipt-mismatch", jws(sub=MUTATION)),
            case("of other content", "receipt-mismatch", jws(digest="f" * 64)),
            case("of another device", "receipt-mismatch", jws(device="A" * 43)),
            case("without the page", "receipt-mismatch", jws(pages=[])),
            case("not a receipt", "receipt-invalid", "xin.chao"),
        ],
    }


def main() -> None:
    """Write the three files beside this script."""
    page_cases = pages()
    page = page_cases["cases"][2]
    made = envelope(page)
    files = {"pages": page_cases, "envelope": made, "receipts": receipts(made, page)}
    for name, content in files.items():
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
