"""Reading what the server says, as a phone must: a receipt counts when its signature holds."""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from server import base64url

from .letters import Letter


class Broken(AssertionError):
    """A promise that was not kept; `kind` is lost, doubled, stuck or surprise."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(f"{kind}: {what}")
        self.kind = kind


class Receipts:
    """The receipts of one history: each verified once, and the same for ever."""

    def __init__(self, keys: list[dict[str, str]]) -> None:
        self._keys = {key["kid"]: _public(key) for key in keys}
        self._given: dict[str, str] = {}

    def take(self, letter: Letter, verdict: str, receipt: str) -> None:
        """Raises Broken when it does not verify, differs from the first, or tells of another."""
        known = self._given.setdefault(letter.id, receipt)
        if known != receipt:
            raise Broken("doubled", f"another receipt for {letter.id}")
        claims = self._claims(receipt)
        told = (claims["jti"], claims["sub"], claims["kind"], claims["digest"])
        if told != (letter.id, letter.dossier, letter.kind, letter.digest):
            raise Broken("surprise", f"the receipt of {letter.id} tells of {told}")
        if sorted(claims["pages"]) != sorted(photo.digest for photo in letter.photos):
            raise Broken("lost", f"the receipt of {letter.id} names other pages")
        if verdict != "repeated" and claims["verdict"] != verdict:
            raise Broken("surprise", f"{verdict}, but its receipt says {claims['verdict']}")

    def __contains__(self, letter_id: str) -> bool:
        return letter_id in self._given

    def _claims(self, receipt: str) -> dict[str, Any]:
        head, payload, signature = receipt.split(".")
        raw = base64url.decode(signature)
        r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
        key = self._keys[json.loads(base64url.decode(head))["kid"]]
        try:
            proof = utils.encode_dss_signature(r, s)
            key.verify(proof, f"{head}.{payload}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            raise Broken("surprise", "a receipt does not verify") from None
        claims: dict[str, Any] = json.loads(base64url.decode(payload))
        return claims


def _public(key: dict[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(base64url.decode(key[axis])) for axis in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
