"""A passkey in software: answers WebAuthn options as a phone's lock screen does."""

import hashlib
import json
import os
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from server import base64url

from .application import ORIGIN

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """One credential; `counter` goes up with every use unless it stands at zero."""

    def __init__(self, origin: str = ORIGIN, is_verifying: bool = True) -> None:
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if is_verifying else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.counter = 1
        self.user_handle = ""

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer of `navigator.credentials.create`, as JSON."""
        self.user_handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        )
        data = self._data(options["rp"]["id"], self.flags | WITH_KEY)
        data += bytes(16) + len(self.id).to_bytes(2) + self.id + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": self._client_data("webauthn.create", options["challenge"]),
                "attestationObject": base64url.encode(attestation),
            }
        )

    def log_in(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer of `navigator.credentials.get`, as JSON."""
        if self.counter:
            self.counter += 1
        data = self._data(options["rpId"], self.flags)
        told = self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(base64url.decode(told)).digest()
        return self._answer(
            {
                "clientDataJSON": told,
                "authenticatorData": base64url.encode(data),
                "signature": base64url.encode(self.key.sign(signed, ec.ECDSA(SHA256()))),
                "userHandle": self.user_handle,
            }
        )

    def _data(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)

    def _client_data(self, kind: str, challenge: str) -> str:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return base64url.encode(json.dumps(told).encode())

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        identifier = base64url.encode(self.id)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
