"""What the server must answer, worked out without it: the rules of docs/contracts.md in memory.

The model knows what was sent and what a person at the desk did. It foretells the verdict on each
mutation, the standing of each dossier and of each page. It shares no code with the server.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from .letters import Letter

OPEN = {"submitted", "received", "supplement"}
# What an answer to the same letter must be once its first answer may have been lost.
AGAIN = {"applied": "repeated", "held": "repeated"}


@dataclass(frozen=True)
class Expected:
    """A verdict, and the code of its problem."""

    verdict: str
    problem: str = ""

    @property
    def again(self) -> Expected:
        """The answer to the same letter sent once more."""
        return Expected(AGAIN.get(self.verdict, self.verdict), self.problem)


@dataclass
class Handset:
    """A phone as the server knows it."""

    is_known: bool = False
    is_revoked: bool = False
    # The officer whose phone it is.
    is_officers: bool = False


@dataclass
class Case:
    """A dossier at the desk. `pages` are the current ones by question.

    `followers`: phones whose second version was joined to it. `filed`: what was submitted under its
    id and is at the desk, here or beside it.
    """

    owner: str
    name: str
    born: date
    filed: list[Letter] = field(default_factory=list)
    followers: set[str] = field(default_factory=set)
    state: str = "submitted"
    version: int = 1
    before: str = ""
    asked: str = ""
    supplement: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    # Pages it was named with that have not arrived, also those replaced since.
    waiting: set[str] = field(default_factory=set)
    events: Counter[str] = field(default_factory=Counter)

    @property
    def readers(self) -> set[str]:
        """The phones that see it and may answer for it."""
        return {self.owner, *self.followers}

    def move(self, state: str, event: str) -> None:
        """A step that the timeline shows."""
        self.state = state
        self.version += 1
        self.events[event] += 1


@dataclass
class Settled:
    """A lasting verdict. `is_waiting`: held, and nobody has decided."""

    letter: Letter
    first: Expected
    is_waiting: bool = False


class Model:
    """The server's side of one history."""

    def __init__(self, phones: Iterable[str]) -> None:
        self.phones = {name: Handset() for name in phones}
        self.cases: dict[str, Case] = {}
        self.settled: dict[str, Settled] = {}
        self.expected: set[str] = set()
        self.held: set[str] = set()

    def deliver(self, letters: Sequence[Letter], courier: str, now: datetime) -> list[Expected]:
        """The answer to one request that `courier` makes for itself, new dossiers first."""
        return [self._settle(letter, courier, now) for letter in letters]

    def _settle(self, letter: Letter, courier: str, now: datetime) -> Expected:
        if letter.damage:
            return Expected("refused", letter.damage)
        known = self.settled.get(letter.id)
        if known:
            if known.letter.digest != letter.digest:
                return Expected("refused", "mutation-reused")
            return known.first.again
        found = self._judge(letter, courier, now)
        if found.verdict == "refused":
            return found
        self.settled[letter.id] = Settled(letter, found, is_waiting=found.verdict == "held")
        if found.verdict in ("applied", "held"):
            self.expected |= {photo.digest for photo in letter.photos}
        if found.verdict == "applied":
            self.phones[letter.phone].is_known = True
            if not self._is_there(letter):
                self.apply(letter)
        return found

    def _judge(self, letter: Letter, courier: str, now: datetime) -> Expected:
        phone = self.phones[letter.phone]
        doubt = phone.is_revoked or not (phone.is_known or letter.phone == courier)
        doubt = doubt or (letter.helper != "" and not phone.is_officers)
        if letter.helper and not doubt and letter.fault == "commune-unknown":
            # An officer of another commune.
            return Expected("refused", "not-allowed")
        case = self.cases.get(letter.dossier)
        if letter.kind == "dossier.submit":
            if fault := _fault(letter, letter.born, now):
                return Expected("refused", fault)
            if case and not self._is_there(letter):
                return Expected("held")
        else:
            if case is None or (not doubt and letter.phone not in case.readers):
                return Expected("refused", "dossier-unknown")
            misfit = self._misfit(letter, case)
            if misfit:
                return self._late(letter, case, misfit)
            if letter.kind == "supplement.answer" and (fault := _fault(letter, case.born, now)):
                return Expected("refused", fault)
        return Expected("held" if doubt else "applied")

    def _misfit(self, letter: Letter, case: Case) -> str:
        if letter.kind == "dossier.withdraw":
            return "" if case.state in OPEN else "transition-not-allowed"
        is_open = case.state == "supplement" and case.supplement == letter.supplement
        return "" if is_open else "supplement-closed"

    def _late(self, letter: Letter, case: Case, misfit: str) -> Expected:
        if 0 < letter.base < case.version:
            return Expected("conflict", "dossier-changed")
        return Expected("refused", misfit)

    def _is_there(self, letter: Letter) -> bool:
        """Whether it submits what is at the desk already under the same id."""
        case = self.cases.get(letter.dossier)
        if letter.kind != "dossier.submit" or case is None:
            return False
        return any(one.content == letter.content for one in case.filed)

    def apply(self, letter: Letter) -> None:
        """The effect of a mutation, there once."""
        if letter.kind == "dossier.submit":
            case = Case(letter.phone, letter.name, letter.born)
            case.events["dossier.submitted"] += 1
            first = self.cases.get(letter.dossier, case)
            first.filed.append(letter)
            self.cases[letter.dossier if first is case else beside(letter)] = case
            self._name(case, letter)
            return
        case = self.cases[letter.dossier]
        if letter.kind == "dossier.withdraw":
            case.move("withdrawing", "dossier.withdrawal_requested")
            return
        if letter.photos:
            self._name(case, letter)
        else:
            case.name = letter.name
        case.supplement = case.asked = ""
        case.move(case.before, "dossier.supplemented")

    def _name(self, case: Case, letter: Letter) -> None:
        case.pages |= {photo.path: photo.digest for photo in letter.photos}
        case.waiting |= {photo.digest for photo in letter.photos} - self.held

    def arrive(self, digest: str) -> None:
        """A page is here, whole: each dossier that waits for it hears of it once."""
        self.held.add(digest)
        for case in self.cases.values():
            if digest in case.waiting:
                case.waiting.remove(digest)
                case.events["page.received"] += 1

    def act(self, verb: str, dossier: str, version: int, *, asked: str = "") -> bool:
        """Whether a clerk who saw `version` can do it; then it is done."""
        case = self.cases[dossier]
        leads = {
            "receive": {"submitted": "received"},
            "refuse": {"submitted": "refused"},
            "ask_supplement": {"submitted": "supplement", "received": "supplement"},
            "stop": dict.fromkeys(("received", "supplement", "withdrawing"), "stopped"),
        }[verb]
        if case.version != version or case.state not in leads:
            return False
        names = {
            "receive": "dossier.received",
            "refuse": "dossier.refused",
            "ask_supplement": "dossier.supplement_requested",
            "stop": "dossier.stopped",
        }
        if verb == "ask_supplement":
            case.before, case.asked = case.state, asked
        case.move(leads[case.state], names[verb])
        return True

    def decide(self, letter: Letter, *, is_accepted: bool) -> bool:
        """Whether a clerk may decide so on a held mutation; then it is done."""
        known = self.settled[letter.id]
        if not known.is_waiting:
            return False
        known.is_waiting = False
        if is_accepted:
            self.phones[letter.phone].is_known = True
            if not self._is_there(letter):
                self.apply(letter)
        return True

    def join(self, letter: Letter, version: int, *, is_sent: bool) -> bool:
        """Whether a clerk who saw `version` may join a held submission to the dossier of its id;
        then it is done. `is_sent`: where the two disagree the later one counts.
        """
        known, case = self.settled[letter.id], self.cases[letter.dossier]
        if not known.is_waiting or case.version != version or case.state not in OPEN:
            return False
        known.is_waiting = False
        self.phones[letter.phone].is_known = True
        sent = {photo.path: photo.digest for photo in letter.photos}
        case.pages = case.pages | sent if is_sent else sent | case.pages
        if is_sent:
            case.name, case.born = letter.name, letter.born
        # A page that no answer names any more is kept, and so waited for.
        case.waiting |= set(sent.values()) - self.held
        case.followers.add(letter.phone)
        case.filed.append(letter)
        case.move(case.state, "dossier.joined")
        return True

    def pages_of(self, case: Case) -> tuple[int, int]:
        """How many current pages are here, and how many there are."""
        return sum(digest in self.held for digest in case.pages.values()), len(case.pages)


def beside(letter: Letter) -> str:
    """The id of the dossier that a second submission becomes."""
    digest = hashlib.sha256(b"hoso/beside/v1\0" + letter.id.encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def _fault(letter: Letter, born: date, now: datetime) -> str:
    """The problem its content is refused with: nobody is born after the day that counts."""
    return letter.fault or ("answers-invalid" if letter.judged_on(now) < born else "")
