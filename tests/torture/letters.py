"""Mutations as phones write them, and what is wrong with those that are wrong.

A `Letter` holds the payload and the envelope around it; `fault` is the problem its content must be
refused with, `damage` the one its wrapping must be refused with before anybody reads it.
"""

from __future__ import annotations

import hashlib
import random
import uuid
import zlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from server import base64url
from server.clock import iso, legal_day
from server.keyring import Keyring
from tests.support.mutations import PROCEDURE, Photo, sealed, signed
from tests.support.people import BAT_XAT
from tests.support.phones import Phone

BIRTH_NOTICE = "/data/giay_to/chung_sinh"
MARRIAGE = "/data/giay_to/ket_hon"
NAME = "/data/ho_ten"
FAULTS = ("answers-invalid", "procedure-unknown", "commune-unknown", "form-unknown")
DAMAGES = {
    "seal": "envelope-unreadable",
    "cut": "envelope-unreadable",
    "bomb": "request-too-large",
    "key": "envelope-key-unknown",
    "signature": "signature-invalid",
    "json": "request-malformed",
    "moved": "envelope-unreadable",
}


@dataclass(frozen=True)
class Letter:
    """One mutation in its envelope; `phone` is the name of who signed it."""

    id: str
    kind: str
    phone: str
    dossier: str
    base: int
    at: datetime
    name: str
    photos: tuple[Photo, ...] = ()
    supplement: str = ""
    # The officer it says it was filed by.
    helper: str = ""
    fault: str = ""
    damage: str = ""
    digest: str = ""
    envelope: dict[str, str] = field(default_factory=dict)

    @property
    def born(self) -> date:
        """The date of birth in a submission: the day it was by the phone's clock."""
        return legal_day(self.at)

    @property
    def content(self) -> tuple[object, ...]:
        """What a submission says, whoever sends it and whenever."""
        return self.name, self.born, sorted(photo.digest for photo in self.photos)

    def judged_on(self, now: datetime) -> date:
        """Which day is “today” for its answers: a phone's clock is believed within bounds."""
        is_believed = now - timedelta(days=90) <= self.at <= now + timedelta(days=1)
        return legal_day(self.at if is_believed else now)


class Writer:
    """Writes the letters of one phone."""

    def __init__(self, name: str, chance: random.Random, keyring: Keyring, form: str) -> None:
        self.name = name
        self.phone = Phone()
        self._chance = chance
        self._keyring = keyring
        self._form = form
        self._photos: list[Photo] = []

    def _used_or_new(self, path: str) -> Photo:
        """Now and then a page that was sent with another dossier."""
        used = [one for one in self._photos if one.path == path]
        if used and self._chance.random() < 0.2:
            return self._chance.choice(used)
        return self._page(path)

    def _page(self, path: str) -> Photo:
        """A page of one to four hundred bytes: small, so that many histories fit into an hour."""
        size = self._chance.randint(100, 400)
        self._photos.append(Photo(path, b"\x89PNG\r\n\x1a\n" + self._chance.randbytes(size)))
        return self._photos[-1]

    def identifier(self) -> str:
        """A new id, the same in each replay."""
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def submission(self, at: datetime, dossier: str = "", helper: str = "") -> Letter:
        """A new dossier, with up to two pages; sometimes one that must be refused."""
        chance = self._chance
        paths = chance.choice([(), (BIRTH_NOTICE,), (BIRTH_NOTICE, MARRIAGE)])
        photos = tuple(self._used_or_new(path) for path in paths)
        letter = Letter(
            id=self.identifier(),
            kind="dossier.submit",
            phone=self.name,
            dossier=dossier or self.identifier(),
            base=0,
            at=at,
            name=f"Giàng A Thử {chance.randrange(1000)}",
            photos=photos,
            helper=helper,
            fault=chance.choice(FAULTS) if chance.random() < 0.1 else "",
        )
        return self.wrapped(letter)

    def answer(self, at: datetime, dossier: str, base: int, supplement: str, asked: str) -> Letter:
        """What a supplement asked for; sometimes something else, sometimes an invalid answer."""
        chance = self._chance
        fault = chance.choice(["supplement-outside", "answers-invalid"])
        letter = Letter(
            id=self.identifier(),
            kind="supplement.answer",
            phone=self.name,
            dossier=dossier,
            base=base,
            at=at,
            name=f"Lò Thị Mẫu {chance.randrange(10**9)}",
            photos=(self._page(asked),) if asked == BIRTH_NOTICE else (),
            supplement=supplement,
            fault=fault if asked == NAME and chance.random() < 0.15 else "",
        )
        return self.wrapped(letter)

    def withdrawal(self, at: datetime, dossier: str, base: int) -> Letter:
        """The wish to have a dossier back."""
        kind, name = "dossier.withdraw", "Giàng A Thử"
        return self.wrapped(Letter(self.identifier(), kind, self.name, dossier, base, at, name))

    def changed(self, letter: Letter) -> Letter:
        """Other content under the same id."""
        return self.wrapped(replace(letter, name=f"{letter.name} khác", fault=""))

    def copied(self, letter: Letter) -> Letter:
        """The same once more, as by a phone that was put back from a copy."""
        return self.wrapped(replace(letter, id=self.identifier(), phone=self.name, damage=""))

    def damaged(self, letter: Letter) -> Letter:
        """The same content in a wrapping that does not hold."""
        how = self._chance.choice(sorted(DAMAGES))
        return self.wrapped(letter, how)

    def wrapped(self, letter: Letter, how: str = "") -> Letter:
        """With digest and envelope; `how` it is damaged."""
        content = msgspec.json.encode(self._payload(letter))
        digest = hashlib.sha256(content).hexdigest()
        packed = zlib.compress(signed(self.phone, content))
        if how == "cut":
            packed = packed[: len(packed) // 2]
        elif how == "bomb":
            packed = zlib.compress(signed(self.phone, b" " * (3 << 20)))
        elif how == "signature":
            mine = bytearray(signed(self.phone, content))
            mine[70] ^= 1
            packed = zlib.compress(bytes(mine))
        elif how == "json":
            packed = zlib.compress(signed(self.phone, b'{"v":1,"deep":' + b"[" * 60 + b"]" * 60))
        bound = self.identifier() if how == "moved" else letter.id
        envelope = sealed(self._keyring, bound, packed) | {"id": letter.id}
        if how == "key":
            envelope["kid"] = "agency-unknown"
        elif how == "seal":
            raw = bytearray(base64url.decode(envelope["sealed"]))
            raw[self._chance.randrange(66, len(raw))] ^= 1 << self._chance.randrange(8)
            envelope["sealed"] = base64url.encode(bytes(raw))
        return replace(letter, digest=digest, envelope=envelope, damage=DAMAGES.get(how, ""))

    def _payload(self, letter: Letter) -> dict[str, Any]:
        fault = letter.fault
        name = "X" if fault == "answers-invalid" else letter.name
        commune = "99999" if fault == "commune-unknown" else BAT_XAT
        procedure = "9.999999" if fault == "procedure-unknown" else PROCEDURE
        answers: dict[str, Any] = {}
        if letter.kind == "dossier.submit":
            answers = {"_procedure": procedure, "_commune": commune, "ho_ten": name}
            answers |= {"chao": f"Chào {name}", "ngay_sinh": str(legal_day(letter.at))}
        elif letter.kind == "supplement.answer" and not letter.photos:
            answers = {"ho_ten": name}
        if fault == "supplement-outside":
            answers["ngay_sinh"] = "2001-01-01"
        for one in letter.photos:
            answers.setdefault("giay_to", {})[one.path.rpartition("/")[2]] = one.name
        payload: dict[str, Any] = {
            "v": 1,
            "id": letter.id,
            "kind": letter.kind,
            "dossier": letter.dossier,
            "base": letter.base,
            "at": iso(letter.at),
            "language": "vi",
            "procedure": procedure,
            "form": "0" * 64 if fault == "form-unknown" else self._form,
            "commune": commune,
            "answers": answers,
            "pages": [one.named for one in letter.photos],
            "applicant": {"name": letter.name, "phone": "0912345678"},
            "helper": None,
        }
        if letter.helper:
            who = {"name": "Vàng Văn Ví Dụ", "relation": "officer", "personId": letter.helper}
            payload["helper"] = who
        if letter.supplement:
            payload["supplement"] = letter.supplement
        return payload
