"""One random history: phones, a clerk, a bad line, and a model beside them that foretells it all.

Everything is drawn from the seed, so the same seed tells the same story again. On an exact world
each answer is compared as it comes; where the server may die, a request is repeated until it is
answered, and its first answer may have been lost.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from server import base64url
from server.clock import FixedClock
from tests.support.application import START

from .books import check_books
from .clerk import Clerk
from .letters import Letter, Writer
from .lines import Answer, Asked
from .model import Expected, Model, beside
from .uploads import Upload
from .uptime import pause
from .verdicts import Broken, Receipts
from .worlds import World

# C is never heard of by itself: what it wrote comes through the other two.
PHONES = ("A", "B", "C")
SKEWS = (timedelta(0), timedelta(minutes=-3), timedelta(days=-10), timedelta(days=-120))
AHEAD = (timedelta(hours=20), timedelta(days=30))


class History:
    """The story of one seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.model = Model(PHONES)
        self.receipts = Receipts(world.receipt_keys)
        form, keyring = world.form, world.keyring
        self.writers = {name: Writer(name, self.chance, keyring, form) for name in PHONES}
        self.clerk = Clerk(world, self.model, self.chance)
        self.letters: list[Letter] = []
        self.uploads: dict[str, Upload] = {}
        self.done: Counter[str] = Counter()

    async def play(self) -> Counter[str]:
        """Live through it; what was done, counted. Raises Broken."""
        if isinstance(self.world.clock, FixedClock):
            self.world.clock.at = START + timedelta(hours=self.chance.randrange(-48, 48))
        if self.chance.random() < 0.4:
            await self.world.enrol(self.writers["B"].phone)
            officers = self.model.phones["B"]
            officers.is_known = officers.is_officers = True
        steps = {
            self._write: 6,
            self._post: 8,
            self._upload: 5 if self.world.is_exact else 0,
            self.clerk.act: 4,
            self._burst: 1,
            self._revoke: 0.3,
            self._pass_time: 0.5,
            self._read: 1,
        }
        await self._write()
        for _ in range(self.chance.randint(4, 12)):
            (step,) = self.chance.choices(list(steps), list(steps.values()))
            await step()
        await self._end_well()
        return self.done + self.clerk.done

    async def _write(self) -> None:
        """A phone writes something, or writes something once more."""
        chance = self.chance
        writer = self.writers[chance.choice(PHONES)]
        at = self.world.now() + chance.choice(SKEWS * 3 + AHEAD)
        mine = [one for one in self.letters if one.phone == writer.name]
        kind = chance.choice(["submit", "submit", "answer", "answer", "withdraw", "odd", "copy"])
        filed = [one for one in self.letters if one.kind == "dossier.submit"]
        case_id = chance.choice(list(self.model.cases)) if self.model.cases else ""
        if kind == "odd" and mine:
            letter = chance.choice(mine)
            how = chance.choice(["changed", "damaged", "again", "again"])
            if how == "again":
                self._keep(writer.submission(at, letter.dossier))
            else:
                self._keep(getattr(writer, how)(letter))
        elif kind == "copy" and filed:
            self._keep(writer.copied(chance.choice(filed)))
        elif kind == "answer" and (asked := self.clerk.newest_request(chance)):
            dossier, base, supplement, path = asked
            mine_ = self.writers[chance.choice(sorted(self.model.cases[dossier].readers))]
            self._keep(mine_.answer(at, dossier, base, supplement, path))
        elif kind == "withdraw" and case_id:
            case = self.model.cases[case_id]
            base = chance.randint(1, case.version)
            self._keep(self.writers[case.owner].withdrawal(at, case_id, base))
        else:
            helper = str(self.world.officer.id) if chance.random() < 0.3 else ""
            self._keep(writer.submission(at, helper=helper))

    def _keep(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.done["written"] += 1

    async def _post(self) -> None:
        """Some letters go out through some phone; whether anything arrives is another matter."""
        chosen = self.chance.sample(self.letters, min(len(self.letters), self.chance.randint(1, 4)))
        courier = self.chance.choice("AB")
        if not self.world.is_exact:
            await self.send(chosen, courier)
            return
        fault = self.chance.choice(["", "", "before", "after", "cut", "twice"])
        if fault == "before":
            return
        asked = self._sync(in_order(chosen), courier)
        line = self.world.phones_way
        if fault == "cut":
            await line.ask(asked, self.chance.randrange(len(asked.body)))
            return
        await self.send(chosen, courier, is_heard=fault != "after")
        if fault == "twice":
            await self.send(chosen, courier)

    async def send(self, letters: Sequence[Letter], courier: str, *, is_heard: bool = True) -> None:
        """One request; its verdicts are those foretold. Not `is_heard`: its answer is lost."""
        chosen = in_order(letters)
        expected = self.model.deliver(chosen, courier, self.world.now())
        asked = self._sync(chosen, courier)
        answer, is_doubtful = await self._answered(asked, len(chosen))
        self.done["requests"] += 1
        if is_heard:
            for letter, foretold, verdict in zip(chosen, expected, answer["verdicts"], strict=True):
                self._compare(letter, foretold, verdict, courier if is_doubtful else "")

    async def _answered(self, asked: Asked, count: int) -> tuple[dict[str, Any], bool]:
        """The reply with all its verdicts, and whether an earlier one may have been lost."""
        async for number in self.world.uptime.tries():
            answer = await self.world.phones_way.ask(asked)
            if answer and answer.status == 200:
                reply: dict[str, Any] = answer.json
                if len(reply["verdicts"]) == count:
                    # What lies between may have sent it twice even at the first attempt.
                    return reply, not self.world.is_exact
            if self.world.is_exact:
                raise Broken("surprise", f"sync answers {answer}")
            self.done["repeated requests"] += 1
            self._foreseen(answer)
            await pause(number)
        raise Broken("stuck", "no answer to a sync")

    def _foreseen(self, answer: Answer | None) -> None:
        if answer and answer.status >= 500 and answer.status not in (502, 503):
            self.done[f"status {answer.status}"] += 1

    def _compare(
        self, letter: Letter, foretold: Expected, verdict: dict[str, Any], doubtful: str
    ) -> None:
        """Hold a verdict against what was foretold.

        `doubtful`: the courier, where an earlier answer may have been lost.
        """
        problem = verdict.get("problem") or {}
        told = Expected(verdict["verdict"], problem.get("code", ""))
        is_later = bool(doubtful) and told in self._later(letter, foretold)
        if told != foretold and not is_later and doubtful and foretold.verdict == "refused":
            # A refusal is not remembered: it is judged anew, after all else that came with it.
            (foretold,) = self.model.deliver([letter], doubtful, self.world.now())
        if told != foretold and not is_later:
            raise Broken("surprise", f"{letter.kind} {letter.id}: {foretold} foretold, {told} told")
        self.done[told.verdict] += 1
        if "receipt" in verdict:
            self.receipts.take(letter, told.verdict, verdict["receipt"])
        elif told.verdict in ("applied", "held", "repeated"):
            raise Broken("lost", f"{told.verdict} without a receipt")

    def _later(self, letter: Letter, foretold: Expected) -> set[Expected]:
        """What the letter may be answered when the first answer to it was lost."""
        known = self.model.settled.get(letter.id)
        is_taken = known is not None and known.letter.digest != letter.digest
        return {foretold.again, *([Expected("refused", "mutation-reused")] if is_taken else [])}

    async def _burst(self) -> None:
        """The same letter many times at the same instant: one effect, one receipt."""
        letter, courier = self.chance.choice(self.letters), self.chance.choice("AB")
        (foretold,) = self.model.deliver([letter], courier, self.world.now())
        asked = self._sync([letter], courier)
        replies = await asyncio.gather(*(self._answered(asked, 1) for _ in range(5)))
        is_doubtful = any(doubt for _, doubt in replies)
        verdicts = [reply["verdicts"][0] for reply, _ in replies]
        first = [one for one in verdicts if one["verdict"] == foretold.verdict]
        once = foretold.again.verdict != foretold.verdict
        if once and (len(first) > 1 or (not first and not is_doubtful)):
            raise Broken("doubled", f"{len(first)} × {foretold.verdict} for {letter.id}")
        for verdict in verdicts:
            self._compare(letter, foretold, verdict, courier)
        self.done["bursts"] += 1

    async def _upload(self) -> None:
        photos = [photo for letter in self.letters for photo in letter.photos]
        if photos:
            photo = self.chance.choice(photos)
            for _ in range(self.chance.randint(1, 4)):
                await self.upload_of(photo.digest).step()
                self.done["upload requests"] += 1

    def upload_of(self, digest: str) -> Upload:
        """The upload of the page with this digest."""
        if digest not in self.uploads:
            everything = (one for letter in self.letters for one in letter.photos)
            photo = next(one for one in everything if one.digest == digest)
            way, uptime = self.world.phones_way, self.world.uptime
            self.uploads[digest] = Upload(photo, way, self.model, self.chance, uptime)
        return self.uploads[digest]

    async def _revoke(self) -> None:
        name = self.chance.choice("AB")
        if self.model.phones[name].is_known:
            await self.world.revoke(self.writers[name].phone)
            self.model.phones[name].is_revoked = True
            self.done["revoked phones"] += 1

    async def _pass_time(self) -> None:
        if isinstance(self.world.clock, FixedClock):
            self.world.clock.move(timedelta(minutes=self.chance.randrange(1, 2000)))
            self.clerk.leave()

    async def _read(self) -> None:
        """A phone that nobody is enrolled to sees its dossiers as they are, by proof alone."""
        name = self.chance.choice("AB")
        if self.model.phones[name].is_revoked or self.model.phones[name].is_officers:
            return
        phone = self.writers[name].phone
        reply, _ = await self._answered(self._ask(phone.claim("none")), 0)
        reply, _ = await self._answered(self._ask(phone.claim(reply["nonce"])), 0)
        seen = {
            view["id"]: (view["state"], view["version"], tuple(view["pages"].values()))
            for view in reply["changes"]
        }
        mine = {
            dossier: (case.state, case.version, self.model.pages_of(case))
            for dossier, case in self.model.cases.items()
            if name in case.readers
        }
        if seen != mine:
            raise Broken("surprise", f"{name} sees {seen} of {mine}")

    async def _end_well(self) -> None:
        """The network is well again: everything is sent until all is settled and all is here."""
        waiting = in_order(self.letters)
        while waiting:
            some, waiting = waiting[:3], waiting[3:]
            await self.send(some, self.chance.choice("AB"))
        for digest in sorted(self.model.expected):
            await self.upload_of(digest).finish()
        await self.clerk.clear_up()
        await self.send(self.chance.sample(self.letters, len(self.letters)), "A")
        kept = [one for one in self.model.settled.values() if one.first.verdict != "conflict"]
        without = [one.letter.id for one in kept if one.letter.id not in self.receipts]
        if without:
            raise Broken("stuck", f"no receipt for {without}")
        named = {one.dossier for one in self.letters}
        aside = {beside(one) for one in self.letters}
        await check_books(self.model, named | aside)
        self.done["settled"] += len(self.model.settled)
        self.done["dossiers"] += len(self.model.cases)
        self.done["pages"] += len(self.model.held)

    def _sync(self, letters: Sequence[Letter], courier: str) -> Asked:
        device = {"key": base64url.encode(self.writers[courier].phone.point)}
        return self._ask(device, [letter.envelope for letter in letters])

    def _ask(self, device: dict[str, str], envelopes: Sequence[dict[str, str]] = ()) -> Asked:
        body = {"v": 1, "language": "vi", "device": device, "envelopes": envelopes}
        headers = {"Content-Type": "application/json"}
        return Asked("POST", "/sync", json.dumps(body).encode(), headers)


def in_order(letters: Sequence[Letter]) -> list[Letter]:
    """New dossiers first, as the server settles one request."""
    return sorted(letters, key=lambda letter: letter.kind != "dossier.submit")
