"""The login cookie and its limits."""

from datetime import timedelta

from starlette.responses import Response

from server.clock import FixedClock
from server.identity import logins
from server.identity.models import Login, Person
from server.identity.permissions import Role
from server.services import Services
from server.settings import Settings, read
from tests.support.application import START
from tests.support.people import make_person

CLERK = [Role("clerk", "02683")]
OFFICER = [Role("officer", "02683")]


async def test_cookie_is_read_back_and_table_holds_its_digest_alone(database: Settings) -> None:
    person = await make_person()
    token = await logins.issue(person, CLERK, "code", "a browser", START)
    login = await logins.read(token, START)
    assert login is not None
    assert login.person.id == person.id
    assert token not in (await Login.get()).token_digest


async def test_unknown_cookie_is_nobody(database: Settings) -> None:
    assert await logins.read("made-up", START) is None


async def test_revoked_login_is_nobody(database: Settings) -> None:
    person = await make_person()
    token = await logins.issue(person, CLERK, "code", "", START)
    await logins.revoke(token, START)
    assert await logins.read(token, START) is None


async def test_login_of_a_closed_account_is_nobody(database: Settings) -> None:
    person = await make_person()
    token = await logins.issue(person, CLERK, "code", "", START)
    await Person.filter(id=person.id).update(is_active=False)
    assert await logins.read(token, START) is None


async def test_login_ends_at_its_absolute_limit_however_busy(database: Settings) -> None:
    person = await make_person()
    token = await logins.issue(person, CLERK, "code", "", START)
    await Login.all().update(seen_at=START + timedelta(days=7))
    assert await logins.read(token, START + timedelta(days=6, hours=23)) is not None
    assert await logins.read(token, START + timedelta(days=7)) is None


async def test_desk_login_idles_for_hours_and_officer_login_for_weeks(database: Settings) -> None:
    person = await make_person()
    login = await logins.read(await logins.issue(person, CLERK, "code", "", START), START)
    assert login is not None
    assert logins.is_over(login, CLERK, START + timedelta(hours=8, seconds=1))
    assert not logins.is_over(login, CLERK, START + timedelta(hours=8))
    assert not logins.is_over(login, OFFICER, START + timedelta(days=14))
    assert logins.is_over(login, OFFICER, START + timedelta(days=31))
    assert logins.is_over(login, OFFICER + CLERK, START + timedelta(days=1))


async def test_use_is_noted_now_and_then(database: Settings) -> None:
    person = await make_person()
    login = await logins.read(await logins.issue(person, CLERK, "code", "", START), START)
    assert login is not None
    await logins.mark_seen(login, START + timedelta(minutes=4))
    assert (await Login.get()).seen_at == START
    await logins.mark_seen(login, START + timedelta(minutes=5))
    assert (await Login.get()).seen_at == START + timedelta(minutes=5)


async def test_signing_in_again_ends_the_login_before(
    database: Settings, clock: FixedClock
) -> None:
    person, other = await make_person("mot"), await make_person("hai")
    old = await logins.issue(person, CLERK, "code", "", START)
    new = await logins.rotate(old, other, CLERK, "passkey", "", START)
    assert old != new
    assert await logins.read(old, START) is None
    login = await logins.read(new, START)
    assert login is not None
    assert login.person.id == other.id


def test_cookie_is_bound_to_the_host_over_https(services: Services) -> None:
    secure = read({"HOSO_ORIGIN": "https://hoso.example", "HOSO_DATA": "/nowhere"})
    response = Response()
    logins.set_cookie(response, secure, "token")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-hoso=token;")
    for attribute in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert logins.cookie_name(services.settings) == "hoso"
