"""Rescue files as a phone writes them (docs/contracts.md, 8)."""

import hashlib
import json
from typing import Any

from server import base64url

from .mutations import Photo


def rescue_file(*parts: tuple[dict[str, str], dict[str, Any]] | Photo) -> bytes:
    """A file of envelopes, each with its payload, and of pages."""
    written, seen = b"HOSORES1", b""
    for part in parts:
        if isinstance(part, Photo):
            kind, content = b"P", part.ciphertext
        else:
            envelope, payload = part
            kind, content = b"E", _envelope(envelope, payload)
        digest = hashlib.sha256(content).digest()
        written += kind + len(content).to_bytes(4) + digest + content
        seen += kind + digest
    end = hashlib.sha256(seen).digest()
    return written + b"Z" + len(end).to_bytes(4) + hashlib.sha256(end).digest() + end


def _envelope(envelope: dict[str, str], payload: dict[str, Any]) -> bytes:
    pages = [{"digest": one["digest"], "length": one["length"]} for one in payload["pages"]]
    head = {
        "v": 1,
        "id": envelope["id"],
        "kid": envelope["kid"],
        "dossier": payload["dossier"],
        "digest": "0" * 64,
        "device": "x",
        "at": payload["at"],
        "pages": pages,
    }
    text = json.dumps(head).encode()
    return len(text).to_bytes(2) + text + base64url.decode(envelope["sealed"])
