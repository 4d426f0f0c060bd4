"""The desk between the phones' doings: receives, asks for more, refuses, stops, decides on what was
held; sometimes from a page that is no longer the newest.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from server.dossiers.models import Supplement
from tests.support.application import ORIGIN

from .letters import BIRTH_NOTICE, MARRIAGE, NAME, Letter
from .lines import Asked
from .model import Case, Model
from .uptime import pause
from .verdicts import Broken
from .worlds import World

# Where two submissions may disagree.
PLACES = (NAME, "/data/ngay_sinh", BIRTH_NOTICE, MARRIAGE, "applicant", "phone")
# What is done how often.
DEEDS = {"receive": 3, "ask_supplement": 4, "stop": 1, "refuse": 1}


@dataclass(frozen=True)
class Request:
    """A supplement that was asked for at some time; `base` the dossier's version right after."""

    dossier: str
    base: int
    id: str
    path: str


class Clerk:
    """One clerk of the commune."""

    def __init__(self, world: World, model: Model, chance: random.Random) -> None:
        self._world = world
        self._model = model
        self._chance = chance
        self._cookie = ""
        self._requests: list[Request] = []
        self.done: Counter[str] = Counter()

    def leave(self) -> None:
        """Time has passed: the next deed needs a new sign-in."""
        self._cookie = ""

    def newest_request(self, chance: random.Random) -> tuple[str, int, str, str] | None:
        """A supplement somebody may answer, mostly the newest: dossier, base, id, place."""
        if not self._requests:
            return None
        one = self._requests[-1] if chance.random() < 0.8 else chance.choice(self._requests)
        return one.dossier, one.base, one.id, one.path

    async def act(self) -> None:
        """One deed, on a dossier or on something held."""
        held = [one for one in self._model.settled.values() if one.is_waiting]
        if held and self._chance.random() < 0.5:
            await self._decide(self._chance.choice(held).letter)
        elif self._model.cases:
            await self._handle(self._chance.choice(list(self._model.cases)))

    async def clear_up(self) -> None:
        """At the end of the day most of what was held about a dossier is decided."""
        for one in list(self._model.settled.values()):
            if one.is_waiting and one.letter.dossier in self._model.cases:
                await self._decide(one.letter)

    async def _handle(self, dossier: str) -> None:
        case = self._model.cases[dossier]
        verb = self._chance.choice(
            ["receive", "ask_supplement", "ask_supplement", "stop", "refuse"]
        )
        if verb in ("refuse", "stop") and self._chance.random() < 0.5:
            verb = "receive"
        version = case.version - (self._chance.random() < 0.15)
        path = self._chance.choice([NAME, BIRTH_NOTICE])
        can = self._model.act(verb, dossier, version, asked=path)
        if verb == "ask_supplement":
            kind = "question" if path == NAME else "page"
            fields = {"version": version, "sentence": "Bổ sung", "mark": f"{kind}:{path}"}
            await self._post(f"/desk/dossiers/{dossier}/supplement", fields, can=can)
            if can:
                newest = await Supplement.filter(dossier_id=dossier).order_by("-asked_at").first()
                open_ = await Supplement.filter(dossier_id=dossier, answered_at=None)
                found = next(iter(open_), newest)
                assert found is not None
                case.supplement = str(found.id)
                self._requests.append(Request(dossier, case.version, case.supplement, path))
        else:
            fields = {"version": version, "reason": "Chưa đủ giấy tờ"}
            await self._post(f"/desk/dossiers/{dossier}/{verb}", fields, can=can)

    async def _decide(self, letter: Letter) -> None:
        # What is no new dossier is looked into and laid aside.
        case = self._model.cases.get(letter.dossier)
        # Not where something was mended since: what was put back there the model does not know.
        is_fresh = case is not None and not case.events["dossier.supplement_requested"]
        is_second = letter.kind == "dossier.submit" and is_fresh
        if case and is_second and self._chance.random() < 0.7:
            await self._join(letter, case)
            return
        accepted = letter.kind == "dossier.submit" and self._chance.random() < 0.7
        can = self._model.decide(letter, is_accepted=accepted)
        fields = {"decision": "accept" if accepted else "reject", "reason": "Không rõ người gửi"}
        await self._post(f"/desk/held/{letter.id}", fields, can=can)

    async def _join(self, letter: Letter, case: Case) -> None:
        is_sent = self._chance.random() < 0.5
        version = case.version - (self._chance.random() < 0.15)
        can = self._model.join(letter, version, is_sent=is_sent)
        side = "sent" if is_sent else "there"
        fields = {f"choice:{place}": side for place in PLACES}
        fields |= {"decision": "join", "version": str(version)}
        await self._post(f"/desk/held/{letter.id}", fields, can=can)
        self.done["joined"] += can

    async def _post(self, path: str, fields: Mapping[str, object], *, can: bool) -> None:
        """Done once when it `can` be, else refused. Repeated until there is an answer."""
        self._cookie = self._cookie or await self._world.pass_of_clerk()
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        told = {"Cookie": self._cookie, "Origin": ORIGIN, "Content-Type": kind}
        async for number in self._world.uptime.tries():
            answer = await self._world.desks_way.ask(Asked("POST", path, body, told))
            if answer is None or answer.status in (500, 503):
                if self._world.is_exact:
                    raise Broken("surprise", f"{path} answers {answer}")
                await pause(number)
                continue
            # Where the answer to the first try was lost, the second finds another version.
            is_done = answer.status == 303
            is_refused = answer.status in (403, 409)
            if not (is_done if can else is_refused) and not (number and is_refused):
                raise Broken("surprise", f"{path} {fields} answers {answer.status}, can: {can}")
            self.done["deeds" if can else "deeds refused"] += 1
            return
        raise Broken("stuck", f"no answer to {path}")
