"""One tus request, good but for its headers, its bytes or its place."""

import base64
import hashlib
import json
import zlib
from random import Random

from tests.support.mutations import Photo, sealed, signed, submission

from .bending import bent_bytes, hostile
from .world import World

PIECE = b"application/offset+octet-stream"
_LINES = (
    b"", b"0", b"-1", b"+1", b"1e3", b"0x10", b"00000001", b"9" * 12, b"9" * 13, b"9" * 400, b" 1 ",
    b"1,1", b"NaN", b"\xd9\xa1", b"\xff", "٣".encode(), b"digest", b"digest ", b"digest =",
    b"digest \xff\xff", b"digest " + base64.b64encode(b"0" * 64), b"a b,c d,digest AAAA",
    b"digest " + base64.b64encode("ơ".encode() * 32), b"sha1 AAAA", b"sha256 ", b"md5 x",
    b"crc32 =====", b"sha1  \xff", b"1.0.0", b"0.2.2", b"text/plain", PIECE, b"x" * 9000,
)  # fmt: skip
_NAMES = (
    "Tus-Resumable", "Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Checksum",
    "Upload-Defer-Length", "Upload-Concat", "Content-Type", "X-HTTP-Method-Override",
    "Content-Length",
)  # fmt: skip


def send(world: World, seed: int) -> None:
    """One case. Raises `AssertionError`."""
    chance = Random(seed)
    world.cases += 1
    world.do(_send(world, chance))


async def _send(world: World, chance: Random) -> None:
    photo: Photo | None = world.memory.get("photo")
    if photo is None:
        photo = world.memory["photo"] = await _expected(world)
    place = world.memory.get("place")
    content = photo.ciphertext
    headers: dict[str, bytes] = {"Tus-Resumable": b"1.0.0"}
    method = chance.choice(("POST", "PATCH", "PATCH", "PATCH", "HEAD", "DELETE", "OPTIONS"))
    if chance.random() < 0.05:
        method = "POST"
    if place is None or (method == "POST" and chance.random() < 0.7):
        method, path = "POST", "/uploads"
        digest = base64.b64encode(photo.digest.encode())
        headers |= {"Upload-Length": str(len(content)).encode()}
        headers |= {"Upload-Metadata": b"digest " + digest}
        body = content[: chance.choice((0, 0, 5))]
        if body:
            headers["Content-Type"] = PIECE
    else:
        path = place
        offset = chance.choice((world.memory.get("offset", 0), chance.randrange(len(content) + 2)))
        body = content[offset : offset + chance.choice((0, 1, 16, 10_000))]
        headers |= {"Upload-Offset": str(offset).encode(), "Content-Type": PIECE}
        if chance.random() < 0.3:
            right = base64.b64encode(hashlib.sha1(body).digest())  # noqa: S324 (tus names it)
            headers["Upload-Checksum"] = b"sha1 " + right
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        name = chance.choice(_NAMES)
        if name == "Content-Length":
            body = bent_bytes(chance, body)[: 1 << 20]
        elif chance.random() < 0.15:
            headers.pop(name, None)
        else:
            headers[name] = chance.choice(_LINES)
    if chance.random() < 0.05:
        path = "/uploads/" + _odd(chance)
    if chance.random() < 0.1:
        body = bent_bytes(chance, body)
    if method == "POST" and headers.get("X-HTTP-Method-Override"):
        path = place or path
    answer = await world.ask(method, path, body, headers)
    if answer.headers.get("location"):
        world.memory["place"] = answer.headers["location"]
    await _look(world, photo)


async def _look(world: World, photo: Photo) -> None:
    """What the server says it holds is what it can hold, and only the right bytes become a page."""
    place = world.memory.get("place")
    if place is None:
        return
    told = await world.ask("HEAD", place, headers={"Tus-Resumable": b"1.0.0"})
    if told.status_code == 200:
        offset = int(told.headers["upload-offset"])
        assert 0 <= offset <= int(told.headers["upload-length"]) == len(photo.ciphertext)
        world.memory["offset"] = offset
        if offset < len(photo.ciphertext):
            return
    else:
        assert told.status_code in (404, 410), told.status_code
    # Finished or given up: on with the next page. That it is whole, the doctor finds at the end.
    world.memory.pop("place")
    world.memory.pop("offset", None)
    world.memory.pop("photo")


async def _expected(world: World) -> Photo:
    """A page that an accepted mutation names."""
    photo = Photo("/data/giay_to/chung_sinh")
    payload = submission(photo)
    packed = zlib.compress(signed(world.phone, payload))
    sent = sealed(world.services.keyring, payload["id"], packed)
    key = base64.urlsafe_b64encode(world.phone.point).rstrip(b"=").decode()
    body = {"v": 1, "language": "vi", "envelopes": [sent], "device": {"key": key}}
    answer = await world.ask("POST", "/sync", json.dumps(body).encode())
    assert answer.json()["verdicts"][0]["verdict"] == "applied", answer.text
    return photo


def _odd(chance: Random) -> str:
    text = json.dumps(hostile(chance))[:200].encode("ascii", "ignore").decode()
    return "".join(f"%{ord(c):02x}" if chance.random() < 0.5 else c for c in text if c.isalnum())
