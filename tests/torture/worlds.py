"""Where a history takes place: the application in this process, or a server that may be killed.

Both look into the database beside the server (`register`, `revoke`, the records themselves), let a
clerk in, and say what time it is there.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx2

from server.app import application
from server.clock import Clock, FixedClock
from server.database import close_database, connect
from server.forms.procedures import attachments_of
from server.forms.sources import compile_source
from server.identity.models import Device, Person
from server.keyring import Keyring
from server.results.signing import jwk
from server.services import Services, open_services
from server.settings import Settings
from tests.support.application import START, running, test_settings
from tests.support.mutations import FORM, PROCEDURE, publish
from tests.support.people import BAT_XAT, make_communes, make_person, sign_in
from tests.support.phones import Phone
from tests.support.server_process import ServerProcess

from .lines import Inside, Line, Outside
from .uptime import Uptime

_PROCEDURE = f"""
form: {{file: form.md}}
procedures:
- code: '{PROCEDURE}'
  slug: thu
  name: {{vi: Thử, en: Test}}
  summary: {{vi: Thử, en: Test}}
  field: {{vi: Thử, en: Test}}
  authority: {{vi: Thử, en: Test}}
  result: {{vi: Thử, en: Test}}
  online: full
"""


@dataclass
class World:
    """`is_exact`: what a request did is known whatever became of its answer."""

    services: Services
    form: str
    clerk: Person
    officer: Person
    phones_way: Line
    desks_way: Line
    is_exact: bool
    uptime: Uptime = field(default_factory=Uptime)

    @property
    def keyring(self) -> Keyring:
        """The server's keys: phones need the public half of one."""
        return self.services.keyring

    @property
    def receipt_keys(self) -> list[dict[str, str]]:
        """What the server publishes for checking receipts."""
        return [jwk(key) for key in self.keyring.receipts]

    @property
    def clock(self) -> Clock:
        """The server's clock."""
        return self.services.clock

    def now(self) -> datetime:
        """The server's time in whole seconds."""
        return self.clock.now().replace(microsecond=0)

    async def pass_of_clerk(self) -> str:
        """A cookie by which the clerk is let in now."""
        # It goes nowhere; it only holds the cookie.
        nowhere = httpx2.MockTransport(lambda _: httpx2.Response(404))
        async with httpx2.AsyncClient(transport=nowhere) as browser:
            await sign_in(self.services, browser, self.clerk)
            return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    async def enrol(self, phone: Phone) -> None:
        """The phone becomes the officer's."""
        officer, now = self.officer.id, self.now()
        await Device.create(id=phone.id, point=phone.point, person_id=officer, registered_at=now)

    async def revoke(self, phone: Phone) -> None:
        """The phone is no longer trusted."""
        await Device.filter(id=phone.id).update(revoked_at=self.now())


@contextlib.asynccontextmanager
async def inside(settings: Settings) -> AsyncIterator[World]:
    """The application in this process, over a database of its own, with a clock that is set."""
    clock = FixedClock(START)
    async with running(application(settings, clock)) as server:
        await make_communes()
        form = await publish()
        way = Inside(server.app, server.state)
        services: Services = server.state["services"]
        yield World(services, form, *await _people(), way, way, is_exact=True)


@contextlib.asynccontextmanager
async def outside(server: ServerProcess, folder: Path, port: int) -> AsyncIterator[World]:
    """A server process that runs; phones reach it through `port`, the desk directly."""
    database = server.environment.get("HOSO_DATABASE_URL", f"sqlite://{server.data / 'hoso.db'}")
    settings = test_settings(server.data, database)
    form = compile_source((folder / "form.md").read_bytes(), "form.md", attachments_of(folder))
    try:
        await connect(settings)
        services, people = open_services(settings), await _people()
        ways = Outside(port, is_phones=True), Outside(server.port, is_phones=False)
        yield World(services, form.digest, *people, *ways, is_exact=False)
    finally:
        await close_database()


def prepare(server: ServerProcess, folder: Path) -> None:
    """Give a server that does not run yet its commune and procedure."""
    folder.mkdir()
    (folder / "procedure.yaml").write_text(_PROCEDURE, "utf-8")
    (folder / "form.md").write_text(FORM, "utf-8")
    server.command("communes", "add", BAT_XAT, "--agency", f"H38.{BAT_XAT}")
    server.command("forms", "publish", str(folder))


def settings_inside(folder: Path, database_url: str) -> Settings:
    """Settings of the application in this process, with pages on the disk."""
    blobs = (folder / "blobs").as_uri()
    return test_settings(folder, database_url, BLOB_URL=blobs)


async def _people() -> tuple[Person, Person]:
    mark = uuid.uuid4().hex[:8]
    clerk = await make_person(f"clerk-{mark}", "clerk")
    return clerk, await make_person(f"officer-{mark}", "officer", name="Vàng Văn Ví Dụ")
