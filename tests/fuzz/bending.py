"""What chance does to good values: bytes, texts, JSON, and the values a hostile phone would choose.

Hypothesis draws one number for each case; all else follows from it, so a case can be run again and
hundreds of thousands cost little.
"""

import json
from random import Random
from typing import Any

Json = Any
# Each has broken some parser, database or calendar before.
HOSTILE: list[Json] = [
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**400,
    0.1, -0.0, 1e308, float("inf"), float("nan"),
    "", " ", "0", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufeff", "\u202ealị", "e\u0301" * 40,
    "👩‍👩‍👧‍👦", "ﷺ", "١٢٣", "①", "‐", "'", "';--", "%s%n", "{}", "{0.__class__}",
    "../../etc/passwd",
    "x" * 70_000, "ơ" * 301, "\r\nSet-Cookie: a=b", "<script>alert(1)</script>", "null",
    "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
    "2026-11-23T24:60:61Z", "1970-01-01T00:00:00.000001Z", "2026-02-30", "9999-12-31",
    "00000000-0000-4000-8000-000000000000", "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF",
    "dossier.submit", "dossier.withdraw", "supplement.answer", "0" * 64, "f" * 64,
    "A" * 43, "A" * 87,
    [], {}, [[]], [None], {"": ""}, {"v": 1}, [0] * 1000, {"\0": {"\ud800": None}},
]  # fmt: skip


def deep(levels: int, is_list: bool) -> Json:
    """Brackets in brackets."""
    value: Json = []
    for _ in range(levels):
        value = [value] if is_list else {"a": value}
    return value


def hostile(chance: Random) -> Json:
    """A value that fits nowhere."""
    if chance.random() < 0.05:
        return deep(chance.choice((20, 31, 32, 33, 100, 900)), chance.random() < 0.5)
    return chance.choice(HOSTILE)


def bent_bytes(chance: Random, content: bytes) -> bytes:
    """A few bytes flipped, cut out, doubled, or all of it replaced."""
    bent = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        at = chance.randrange(len(bent) + 1)
        match chance.randrange(7):
            case 0 if bent:
                bent[at % len(bent)] ^= 1 << chance.randrange(8)
            case 1 if bent:
                bent[at % len(bent)] = chance.choice(b'\0\xff\x80"{}[],:\\0x')
            case 2:
                del bent[at:]
            case 3:
                del bent[at : at + chance.randrange(1, 40)]
            case 4:
                bent[at:at] = chance.randbytes(chance.choice((1, 2, 64, 4096)))
            case 5:
                bent[at:at] = bent[: chance.randrange(200)]
            case _:
                if chance.random() < 0.1:
                    bent = bytearray(chance.randbytes(chance.choice((0, 1, 65, 500))))
    return bytes(bent)


def bent_text(chance: Random, text: str) -> str:
    """Base64url that is padded, cut, spaced, in the other alphabet or none at all."""
    at = chance.randrange(len(text) + 1)
    return chance.choice(
        (
            text + "=" * chance.randrange(1, 4),
            text[:at],
            text[:at] + chance.choice(" \n+/.%\0ơ\ud800") + text[at:],
            text.replace("-", "+").replace("_", "/"),
            text[:at] + text[:at],
            "A" * chance.choice((0, 1, 4, 5, 400_000)),
        )
    )


def bent_json(chance: Random, value: Json) -> Json:
    """One place of a JSON value replaced, taken out, doubled or added to."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        match chance.randrange(8):
            case 0:
                return {name: one for name, one in value.items() if name != key}
            case 1:
                return {**value, str(hostile(chance))[:100]: hostile(chance)}
            case 2:
                return {**value, key: [value[key]]}
            case _:
                return {**value, key: bent_json(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        if chance.random() < 0.2:
            return value + value[at : at + 1] * chance.choice((1, 60, 1000))
        return [bent_json(chance, one) if i == at else one for i, one in enumerate(value)]
    return hostile(chance)


def as_bytes(chance: Random, value: Json) -> bytes:
    """JSON as a careless or a hostile program writes it: NaN, huge numbers, keys twice, UTF-16."""
    text = json.dumps(value, ensure_ascii=True)
    match chance.randrange(30):
        case 0:
            return text.encode("utf-16")
        case 1:
            return b"\xef\xbb\xbf" + text.encode()
        case 2:
            return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        case 3:
            return text.replace("{", '{"v":1,"v":2,', 1).encode()
        case 4:
            return text.encode() + b" {}"
        case _:
            return text.encode()
