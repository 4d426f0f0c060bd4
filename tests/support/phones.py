"""A phone's store as the server sees it: a P-256 key that signs."""

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from server import base64url
from server.identity.devices import device_id
from server.keyring import point_of


class Phone:
    """One device key."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = point_of(self.key)
        self.id = device_id(self.point)

    def sign(self, content: bytes) -> bytes:
        """ECDSA-SHA256 as r‖s, 64 bytes."""
        signature = self.key.sign(content, ec.ECDSA(SHA256()))
        r, s = utils.decode_dss_signature(signature)
        return r.to_bytes(32) + s.to_bytes(32)

    def proof(self, nonce: str, cursor: str = "") -> str:
        """The signature over a nonce that a sync or a subscription carries."""
        content = b"hoso/sync/v1\0" + nonce.encode() + b"\0" + cursor.encode()
        return base64url.encode(self.sign(content))

    def claim(self, nonce: str, cursor: str = "") -> dict[str, str]:
        """`device` of a request."""
        return {
            "key": base64url.encode(self.point),
            "nonce": nonce,
            "proof": self.proof(nonce, cursor),
        }
