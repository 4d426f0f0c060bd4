"""The real application for fuzzing: one loop, one database, one phone; each case leaves it whole.

What has to hold after every request, whatever was in it: no 5xx, a catalogued problem or a proper
reply, and nothing stored half: what was refused has left no row anywhere.
"""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import hypothesis
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tortoise import connections

from server.app import application
from server.clock import FixedClock
from server.database import close_database, open_database
from server.doctor.examination import examine
from server.doctor.findings import Finding
from server.errors import CATALOGUE
from server.services import Services
from server.turns import PER_MINUTE, Turns
from tests.support.application import ORIGIN, START, Running, running, test_settings
from tests.support.mutations import publish
from tests.support.people import make_communes, services_in
from tests.support.phones import Phone

T = TypeVar("T")
KEPT = ("mutation", "dossier", "dossier_page", "expected_page", "event", "blob", "device")
# No text from outside is in it.
_COUNT = "SELECT " + ", ".join(f"(SELECT count(*) FROM {one}) AS {one}" for one in KEPT)  # noqa: S608
_FAULTY = {"server-fault", "server-busy"}


class World:
    """A started server; `do` runs something in its loop."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.settings = test_settings(
            folder / "data", database_url, BLOB_URL=f"file://{folder / 'blobs'}"
        )
        self.tally: Counter[str] = Counter()
        self.cases = 0
        (folder / "blobs").mkdir(parents=True, exist_ok=True)
        self.phone = Phone()
        self.memory: dict[str, Any] = {}
        self._runner = asyncio.Runner()
        self._stack = contextlib.AsyncExitStack()
        self._numbers = itertools.count(1)
        self._kept: dict[str, int] = {}
        self._turns = Turns(dict.fromkeys(PER_MINUTE, 1_000_000_000))
        self._server: Running | None = None

    @property
    def services(self) -> Services:
        """Clock, keys, settings."""
        assert self._server
        return services_in(self._server)

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        """Run to its end in the server's loop."""
        return self._runner.run(what)

    def start(self) -> None:
        """Migrate, start, publish a procedure."""
        self.do(self._start())

    async def _start(self) -> None:
        await open_database(self.settings)
        await close_database()
        app = application(self.settings, FixedClock(START))
        self._server = await self._stack.enter_async_context(running(app))
        await make_communes()
        await publish()
        await self.more()

    def stop(self) -> list[Finding]:
        """Stop, and let the doctor look at everything; its faults."""
        self.do(self._stack.aclose())

        def told(_: str, __: int, ___: int) -> None: ...

        found = self.do(examine(self.settings, START, told, is_thorough=True))
        self._runner.close()
        return [one for one in found if one.level == "fault"]

    async def ask(
        self, method: str, path: str, content: bytes = b"", headers: dict[str, bytes] | None = None
    ) -> httpx2.Response:
        """One request, each from an address of its own: floods are somebody else's test."""
        assert self._server
        # All of it is one phone's, and would soon be told to wait.
        number, state = next(self._numbers), {**self._server.state, "turns": self._turns}
        app = self._server.app

        async def with_state(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "state": dict(state)}, receive, send)

        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        transport = httpx2.ASGITransport(
            app=with_state, raise_app_exceptions=True, client=(address, 1)
        )
        sent = {b"Origin": ORIGIN.encode()} | {k.encode(): v for k, v in (headers or {}).items()}
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            answer = await client.request(method, path, content=content, headers=sent)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400 and method != "HEAD":
            assert answer.headers["content-type"] == "application/problem+json", answer.text
            is_known(answer.json())
            self.tally[answer.json()["code"]] += 1
        elif path != "/sync":
            self.tally[f"{method} {answer.status_code}"] += 1
        return answer

    async def kept(self) -> dict[str, int]:
        """How many rows there are of what lasts."""
        counts: dict[str, int] = (await connections.get("default").execute_query_dict(_COUNT))[0]
        return counts

    async def more(self) -> dict[str, int]:
        """How many rows came since this was last asked."""
        now, before = await self.kept(), self._kept
        self._kept = now
        return {name: number - before.get(name, 0) for name, number in now.items()}


def is_known(problem: dict[str, Any]) -> None:
    """A problem of the catalogue, with its words, that is no fault of the server's."""
    assert problem["code"] in CATALOGUE, problem
    assert problem["code"] not in _FAULTY, problem
    assert problem["vi"], problem
    assert problem["en"], problem


@contextlib.contextmanager
def world(folder: Path, database_url: str) -> Iterator[World]:
    """A started world; at its end the doctor finds nothing."""
    made = World(folder, database_url)
    made.start()
    try:
        yield made
    finally:
        faults = made.stop()
    assert faults == [], faults


def run(here: World, send: Callable[[World, int], None], cases: int, seed: int) -> None:
    """So many cases, the same ones for the same seed. Raises `AssertionError`."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.integers(0, 2**64 - 1))
    def each(number: int) -> None:
        send(here, number)

    each()
