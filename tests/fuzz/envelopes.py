"""One envelope, good but for one layer: body, request, text, seal, packing, signature, payload."""

import json
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from server import base64url
from tests.support.mutations import Photo, envelope, sealed, signed, submission

from .bending import as_bytes, bent_bytes, bent_json, bent_text, hostile
from .world import World, is_known

VERDICTS = {"applied", "repeated", "held", "conflict", "refused"}
LASTING = {"applied", "held", "conflict"}
KINDS = ("dossier.submit", "supplement.answer", "dossier.withdraw")
Sent = dict[str, Any]


def send(world: World, seed: int) -> None:
    """One request, bent as a whole or with up to eight bent envelopes. Raises `AssertionError`."""
    chance = Random(seed)
    if chance.random() < 0.5:
        body = chance.choices(list(_REQUESTS), list(_REQUESTS.values()))[0](world, chance)
        world.cases += 1
    else:
        ways = chance.choices(list(_ENVELOPES), list(_ENVELOPES.values()), k=chance.randint(1, 8))
        body = _request(*(way(world, chance) for way in ways), **_claimed(world))
        world.cases += len(ways)
    world.do(_send(world, body))


async def _send(world: World, body: bytes) -> None:
    answer = await world.ask("POST", "/sync", body, {"Content-Type": b"application/json"})
    verdicts = answer.json()["verdicts"] if answer.status_code == 200 else []
    kept = set()
    for verdict in verdicts:
        assert verdict["verdict"] in VERDICTS, verdict
        told = verdict["problem"]["code"] if verdict.get("problem") else ""
        world.tally[f"{verdict['verdict']} {told}".strip()] += 1
        if verdict["verdict"] in LASTING:
            kept.add(verdict["id"])
        if verdict["verdict"] in ("refused", "conflict"):
            is_known(verdict["problem"])
        else:
            assert verdict["receipt"], verdict
    more = await world.more()
    assert more["mutation"] == len(kept), f"{more} of {verdicts}"
    if not kept:
        assert not any(more.values()), f"refused, and something kept: {more} of {verdicts}"


def _good(world: World, chance: Random) -> Sent:
    """A payload that would be taken, at times of a dossier that is there."""
    photos = [Photo("/data/giay_to/chung_sinh", b"x")] if chance.random() < 0.3 else []
    payload = submission(*photos)
    # A dossier filed before is withdrawn, supplemented, or filed once more.
    if chance.random() < 0.2 and (known := world.memory.get("dossier")):
        payload |= {"dossier": known, "kind": chance.choice(KINDS), "base": chance.randrange(3)}
    return payload


def _request(*sent: Any, **more: Any) -> bytes:
    return json.dumps({"v": 1, "language": "vi", "envelopes": sent, **more}).encode()


def _claimed(world: World) -> dict[str, Any]:
    return {"device": {"key": base64url.encode(world.phone.point)}}


def body_bytes(world: World, chance: Random) -> bytes:
    """The bytes of the request."""
    keys = world.services.keyring
    return bent_bytes(chance, _request(envelope(keys, world.phone, _good(world, chance))))


def request_json(world: World, chance: Random) -> bytes:
    """A value of the request, of an envelope, or of the device's claim."""
    sent = envelope(world.services.keyring, world.phone, _good(world, chance))
    value: Any = {"v": 1, "language": "vi", "envelopes": [sent], **_claimed(world)}
    value |= {"cursor": hostile(chance)} if chance.random() < 0.2 else {}
    value |= {"time": hostile(chance)} if chance.random() < 0.2 else {}
    return as_bytes(chance, bent_json(chance, value))


def sealed_text(world: World, chance: Random) -> Sent:
    """The text of the sealed content, the key's name, the mutation's id."""
    sent = envelope(world.services.keyring, world.phone, _good(world, chance))
    field = chance.choice(("sealed", "sealed", "kid", "id"))
    return {**sent, field: bent_text(chance, sent[field])}


def sealed_bytes(world: World, chance: Random) -> Sent:
    """The sealed bytes: encapsulated key and ciphertext."""
    sent = envelope(world.services.keyring, world.phone, _good(world, chance))
    bent = bent_bytes(chance, base64url.decode(sent["sealed"]))
    return {**sent, "sealed": base64url.encode(bent)}


def packing(world: World, chance: Random) -> Sent:
    """What is sealed: a bent stream, a bomb, streams behind each other, raw content."""
    payload = _good(world, chance)
    content = signed(world.phone, payload)
    good = zlib.compress(content)
    packed = (
        bent_bytes(chance, good),
        good + chance.randbytes(20),
        good + good,
        zlib.compress(good),
        zlib.compress(content + b" " * chance.choice((1 << 19, 1 << 20, 1 << 24))),
        zlib.compress(b"", 0),
        zlib.compress(content, wbits=-15),
        b"\0" + content,
        b"\0" + bent_bytes(chance, content),
        b"",
        b"\0",
        chance.randbytes(100),
    )
    return sealed(world.services.keyring, payload["id"], chance.choice(packed))


def signature(world: World, chance: Random) -> Sent:
    """The signed content: version, point, signature or payload, no longer fitting each other."""
    payload = _good(world, chance)
    content = bytearray(signed(world.phone, payload))
    part = chance.choice(((0, 1), (1, 66), (66, 130), (130, len(content))))
    content[slice(*part)] = bent_bytes(chance, bytes(content[slice(*part)]))
    return _sent(world, payload["id"], bytes(content))


def payload_bytes(world: World, chance: Random) -> Sent:
    """The payload's bytes, properly signed and sealed."""
    payload = _good(world, chance)
    bent = bent_bytes(chance, json.dumps(payload).encode())
    return _sent(world, payload["id"], signed(world.phone, bent))


def payload_json(world: World, chance: Random) -> Sent:
    """One value of the payload, properly signed and sealed."""
    payload = _good(world, chance)
    bent: Any = payload
    for _ in range(chance.choice((1, 1, 2, 4))):
        bent = bent_json(chance, bent)
    return _sent(world, payload["id"], signed(world.phone, as_bytes(chance, bent)))


def answers(world: World, chance: Random) -> Sent:
    """The answers or the pages, bent; all around them fits."""
    payload = _good(world, chance)
    part = chance.choice(("answers", "answers", "pages", "applicant", "at", "consent", "helper"))
    payload[part] = bent_json(chance, payload.get(part) or {"name": "Lò Thị Mẫu", "version": "1"})
    return _sent(world, payload["id"], signed(world.phone, as_bytes(chance, payload)))


def together(world: World, chance: Random) -> bytes:
    """Good and bent ones in one request, some of them twice."""
    keys, sent = world.services.keyring, []
    for _ in range(chance.randrange(2, 5)):
        payload = _good(world, chance)
        if chance.random() < 0.5:
            payload = {**payload, "answers": bent_json(chance, payload["answers"])}
        content = signed(world.phone, as_bytes(chance, payload))
        sent.append(sealed(keys, payload["id"], zlib.compress(content)))
        world.memory["dossier"] = payload["dossier"]
    return _request(*sent, *chance.sample(sent, 1), **_claimed(world))


def _sent(world: World, mutation_id: str, content: bytes) -> Sent:
    return sealed(world.services.keyring, mutation_id, zlib.compress(content, 1))


_REQUESTS: dict[Callable[[World, Random], bytes], int] = {
    body_bytes: 2,
    request_json: 4,
    together: 4,
}
_ENVELOPES: dict[Callable[[World, Random], Sent], int] = {
    sealed_text: 1,
    sealed_bytes: 2,
    packing: 3,
    signature: 2,
    payload_bytes: 3,
    payload_json: 8,
    answers: 8,
}
