"""With HOSO_DESK_CODES=no a code opens a phone, but not the desk."""

from dataclasses import replace

from server.app import application
from server.clock import FixedClock
from server.identity import codes
from server.identity.models import Login, Person
from server.settings import Settings
from tests.support.application import START, Running, running
from tests.support.people import make_person, services_in


async def answer_to_code(server: Running, person: Person) -> tuple[int, str]:
    code = await codes.issue(services_in(server).keyring.secret, person, START)
    async with server.browser() as browser:
        body = {"account": person.account, "code": code}
        answer = await browser.post("/identity/logins", json=body)
    return answer.status_code, answer.json().get("code", "")


async def test_code_signs_in_an_officer_and_no_clerk(settings: Settings, clock: FixedClock) -> None:
    strict = replace(settings, desk_codes=False)
    async with running(application(strict, clock)) as server:
        officer = await make_person("can-bo-thon", "officer")
        clerk = await make_person("lo-thi-mau", "clerk")
        citizen = await make_person("giang-a-thu", None)
        assert await answer_to_code(server, officer) == (200, "")
        assert await answer_to_code(server, citizen) == (200, "")
        assert await answer_to_code(server, clerk) == (403, "passkey-required")
        assert not await Login.exists(person_id=clerk.id)


async def test_code_signs_in_everybody_by_default(server: Running) -> None:
    assert await answer_to_code(server, await make_person()) == (200, "")
