"""Envelopes in, verdicts out: opened and judged outside of any transaction, settled together.

Opening, checking signatures and validating answers is nearly all of the work and needs no database;
a thread of its own does it, so that uploads and the desk are answered meanwhile. Only one, because
the interpreter would not run two at a time anyway.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection

from ..attachments.models import Blob, ExpectedPage
from ..dossiers.filing import Office
from ..dossiers.working_days import calendar
from ..errors import Problem
from ..forms.form import Form
from ..forms.shelf import FormShelf
from ..http import FULL_RETRY_AFTER
from ..services import Services
from .arrivals import (
    NO_ROOM,
    NO_VERDICT,
    Arrival,
    Outcome,
    Reception,
    ready_of,
    refused,
    skew_of,
)
from .envelopes import open_envelope
from .filings import filing_of
from .intake import Intake, taking_in
from .mutations import check_content
from .protocol import Envelope, Received, Verdict
from .senders import NOBODY
from .settling import remembered, repeat, settle

log = logging.getLogger("hoso")


@dataclass(slots=True)
class _Letter:
    """An envelope on its way through the office: opened to `arrival`, ended by `outcome`."""

    envelope: Envelope
    arrival: Arrival | None = None
    outcome: Outcome | None = None


class Inbox:
    """Where all requests of a process bring their envelopes."""

    def __init__(self, services: Services, forms: FormShelf) -> None:
        self._services = services
        self._forms = forms
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._sameness: dict[str, list[list[str]]] = {}
        self.intake: Intake[Arrival, Outcome] = Intake(self._settle)

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[Inbox]:
        """Takes envelopes inside this block; at its end what was begun is finished first."""
        with self._thread:
            async with taking_in(self.intake):
                yield self

    async def apply(
        self,
        envelopes: Sequence[Envelope],
        presented: str | None,
        language: str,
        clock: int | None = None,
    ) -> tuple[list[Verdict], list[str]]:
        """Verdicts in order, and the digests of pages still wanted for them.

        `presented` is the id of the device that makes the request, `clock` by how many seconds its
        clock is behind ours. An envelope that met a fault of
        ours gets no verdict: its phone keeps it and tries again. Raises `server-busy`, and
        `storage-full` when there is none to give because the disk is full.
        """
        letters = [_Letter(envelope) for envelope in envelopes]
        if not letters:
            return [], []
        with self.intake.room(len(letters), sum(len(one.sealed) for one in envelopes)):
            await self._in_thread(self._open, letters, presented, clock)
            await self._repeat(letters)
            await self._judge(letters)
            waiting = [one for one in letters if one.arrival and not one.outcome]
            outcomes = await self.intake.put([one.arrival for one in waiting if one.arrival])
            for letter, outcome in zip(waiting, outcomes, strict=True):
                letter.outcome = outcome
        is_silent = not any(one.outcome and one.outcome.verdict for one in letters)
        if is_silent and any(one.outcome is NO_ROOM for one in letters):
            raise Problem("storage-full", headers={"Retry-After": str(FULL_RETRY_AFTER)})
        return await _told(letters, language)

    def _open(self, letters: Sequence[_Letter], presented: str | None, clock: int | None) -> None:
        keys = self._services.keyring.agency
        for letter in letters:
            with _ending(letter):
                opened = open_envelope(keys, letter.envelope)
                letter.arrival = Arrival(opened, presented, clock=clock)

    async def _repeat(self, letters: Sequence[_Letter]) -> None:
        """What was settled before is answered without judging it again."""
        opened = [one for one in letters if one.arrival]
        known = await remembered([one.envelope.id for one in opened])
        for letter in opened:
            row = known.get(letter.envelope.id)
            if row and letter.arrival:
                with _ending(letter):
                    letter.outcome = await repeat(row, letter.arrival)

    async def _judge(self, letters: Sequence[_Letter]) -> None:
        """Hold the content of submissions against their forms."""
        filed = [
            one for one in letters if one.arrival and one.arrival.is_submission and not one.outcome
        ]
        digests = {one.arrival.opened.payload.form for one in filed if one.arrival}
        forms = {digest: await self._form(digest) for digest in digests}
        await self._in_thread(self._check, filed, forms, self._reception())

    async def _form(self, digest: str) -> Form | Problem:
        try:
            return await self._forms.get(digest)
        except Problem as problem:
            return problem

    def _check(
        self,
        letters: Sequence[_Letter],
        forms: Mapping[str, Form | Problem],
        reception: Reception,
    ) -> None:
        for letter in letters:
            if letter.arrival is None:
                continue
            opened = letter.arrival.opened
            form = forms[opened.payload.form]
            with _ending(letter):
                try:
                    if isinstance(form, Problem):
                        raise form
                    now = reception.office.now
                    filed = filing_of(opened, NOBODY, skew_of(letter.arrival, now), now)
                    check_content(form, filed, now)
                    ready = ready_of(letter.arrival, filed, reception)
                    letter.arrival = replace(letter.arrival, ready=ready)
                except Problem as fault:
                    # Told only when nothing else is wrong with it, in the transaction.
                    letter.arrival = replace(letter.arrival, fault=fault)

    async def _settle(self, arrivals: Sequence[Arrival]) -> list[Outcome]:
        return await settle(self._reception, arrivals)

    def _reception(self) -> Reception:
        services = self._services
        working = calendar(services.settings.unconfirmed_holidays)
        office = Office(services.clock.now(), working, services.keyring.storage, self._forms)
        return Reception(services.keyring, services.settings.origin, office, self._sameness)

    async def _in_thread(self, work: Callable[..., None], *given: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)


def inbox_of(request: HTTPConnection) -> Inbox:
    """The inbox of the application that handles `request`."""
    inbox: Inbox = request.state.inbox
    return inbox


@contextlib.contextmanager
def _ending(letter: _Letter) -> Iterator[None]:
    """A problem inside the block refuses this letter; a fault of ours gives it no verdict."""
    try:
        yield
    except Problem as problem:
        letter.outcome = refused(problem)
    except Exception:
        log.exception("no verdict for mutation %s", letter.envelope.id)
        letter.outcome = NO_VERDICT


async def _told(letters: Sequence[_Letter], language: str) -> tuple[list[Verdict], list[str]]:
    kept = [one for one in letters if one.arrival and one.outcome and not one.outcome.problem]
    named = {one.envelope.id: _digests(one) for one in kept}
    wanted = {digest for digests in named.values() for digest in digests}
    held: set[str] = set()
    if wanted:
        held = {blob.digest for blob in await Blob.filter(digest__in=sorted(wanted))}
    gone = await _no_longer_taken(kept, held)
    verdicts: list[Verdict] = []
    missing: list[str] = []
    for letter in letters:
        outcome = letter.outcome
        if outcome is None or not outcome.verdict:
            continue
        verdict = Verdict(id=letter.envelope.id, verdict=outcome.verdict)
        if outcome.problem:
            verdict.problem = outcome.problem.document(language)
            verdict.theirs = outcome.theirs
        else:
            pages = [digest for digest in named[verdict.id] if digest not in gone]
            lacking = [digest for digest in pages if digest not in held]
            total = len(pages)
            verdict.receipt, verdict.reason = outcome.receipt, outcome.reason or None
            verdict.pages = Received(received=total - len(lacking), total=total)
            missing += lacking
        verdicts.append(verdict)
    return verdicts, missing


async def _no_longer_taken(letters: Sequence[_Letter], held: set[str]) -> set[str]:
    """Pages of what was settled before that were erased since, with their dossier.

    They are neither asked for nor counted: a phone that waited to bring them has nothing to do.
    """
    again = [one for one in letters if one.outcome and one.outcome.verdict == "repeated"]
    asked = {digest for one in again for digest in _digests(one)} - held
    if not asked:
        return set()
    expected = ExpectedPage.filter(digest__in=sorted(asked))
    return asked - {page.digest for page in await expected}


def _digests(letter: _Letter) -> list[str]:
    return [page.digest for page in letter.arrival.opened.payload.pages] if letter.arrival else []
