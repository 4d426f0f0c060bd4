"""A desk with people at it and dossiers filed by phones."""

import re
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from server.dossiers.models import Dossier
from server.identity.models import Person
from tests.support.application import Running
from tests.support.mutations import Photo, envelope, publish, submission
from tests.support.people import BAT_XAT, make_communes, make_person, services_in, sign_in
from tests.support.phones import Phone


class Hall:
    """The one-stop desk: `at(role)` is a signed-in browser, `file()` a dossier that came in."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.services = services_in(server)
        self._browsers: dict[tuple[str, str], httpx2.AsyncClient] = {}
        self.phone = Phone()

    async def at(self, role: str, commune: str = BAT_XAT) -> httpx2.AsyncClient:
        """The browser of the person with this role, who is hired when first asked for."""
        if (role, commune) not in self._browsers:
            place = "" if role in ("administrator", "auditor") else commune
            person = await make_person(f"{role}-{commune}", role, place, f"Lò Thị {role.title()}")
            browser = self.server.browser()
            await sign_in(self.services, browser, person)
            self._browsers[role, commune] = browser
        return self._browsers[role, commune]

    async def anew(self, role: str, commune: str = BAT_XAT) -> httpx2.AsyncClient:
        """The same person signed in again, after the clock has moved past their login."""
        browser = await self.at(role, commune)
        person = await Person.get(account=f"{role}-{commune}")
        browser.cookies.clear()
        await sign_in(self.services, browser, person)
        return browser

    async def file(self, *photos: Photo, **changed: Any) -> Dossier:
        """A dossier sent by a citizen's phone."""
        payload = submission(*photos, **changed)
        sealed = envelope(self.services.keyring, self.phone, payload)
        async with self.server.browser() as browser:
            reply = await browser.post(
                "/sync",
                json={
                    "v": 1,
                    "language": "vi",
                    "envelopes": [sealed],
                    "device": self.phone.claim("none"),
                },
            )
        assert reply.json()["verdicts"][0]["verdict"] == "applied", reply.text
        return await Dossier.get(id=uuid.UUID(payload["dossier"]))

    async def act(
        self, role: str, dossier: Dossier, verb: str, commune: str = BAT_XAT, **fields: Any
    ) -> httpx2.Response:
        """Press a verb's button on the page as it is now."""
        current = await Dossier.get(id=dossier.id)
        browser = await self.at(role, commune)
        data = {"version": str(current.version), **fields}
        return await browser.post(f"/desk/dossiers/{dossier.id}/{verb}", data=data)

    async def close(self) -> None:
        for browser in self._browsers.values():
            await browser.aclose()


@pytest.fixture
async def hall(server: Running) -> AsyncIterator[Hall]:
    await make_communes()
    await publish()
    place = Hall(server)
    yield place
    await place.close()


def words_of(response: httpx2.Response) -> str:
    """A page's text, blanks folded."""
    text = re.sub(r"<[^>]+>", " ", response.text)
    return " ".join(text.split())
