"""What breaks or lies about who is asking: each gets its catalogued answer, nothing leaks."""

import httpx2
import pytest

from server.events import SYSTEM
from server.identity import people
from server.identity.models import Appointment, Commune, Login, Person
from server.identity.permissions import Role
from tests.support.application import START, Running
from tests.support.people import BAT_XAT, make_communes, make_person, services_in, sign_in


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "x" * 4000,
        "\\x00",
        "%00%ff",
        "a; b",
        "' OR 1=1 --",
        '"',
    ],
)
async def test_malformed_cookie_is_nobody(server: Running, cookie: str) -> None:
    async with server.browser(Cookie=f"hoso={cookie}") as browser:
        answer = await browser.get("/identity/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-required")
        desk = await browser.get("/desk/dossiers")
        assert desk.headers["location"].startswith("/desk/sign-in")


@pytest.fixture
async def clerk(server: Running, browser: httpx2.AsyncClient) -> Person:
    await make_communes()
    person = await make_person()
    await sign_in(services_in(server), browser, person)
    return person


async def test_role_taken_away_counts_from_the_next_request(
    browser: httpx2.AsyncClient, clerk: Person
) -> None:
    assert (await browser.get("/desk/dossiers")).status_code == 200
    await people.dismiss(clerk, Role("clerk", BAT_XAT), SYSTEM, START)
    answer = await browser.get("/desk/dossiers")
    assert answer.status_code == 403
    assert "không có quyền" in answer.text


async def test_account_closed_meanwhile_is_nobody(
    browser: httpx2.AsyncClient, clerk: Person
) -> None:
    await people.deactivate(clerk, SYSTEM, START)
    assert (await browser.get("/identity/me")).status_code == 401
    assert await Login.filter(revoked_at=None).count() == 0


async def test_closed_commune_is_still_read_by_its_desk(
    browser: httpx2.AsyncClient, clerk: Person
) -> None:
    await Commune.filter(code=BAT_XAT).update(is_open=False)
    assert (await browser.get("/desk/dossiers")).status_code == 200


async def test_role_that_no_version_knows_opens_nothing(
    browser: httpx2.AsyncClient, clerk: Person
) -> None:
    await Appointment.filter(person_id=clerk.id).update(role="king")
    assert (await browser.get("/desk/dossiers")).status_code == 403
    assert (await browser.get("/desk/people")).status_code == 403
