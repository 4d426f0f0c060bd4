"""Signing in by an OpenID Connect provider, against the one of tests/support/openid.py."""

import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from joserfc.jwk import RSAKey

from server.app import application
from server.clock import FixedClock
from server.errors import Problem
from server.events import Event, verify
from server.identity import enrolments, openid, people
from server.identity.models import Challenge, Enrolment, Login, OpenidIdentity, Person
from server.identity.openid_provider import OpenidProvider, OpenidRefused
from server.settings import SettingsError, read
from tests.support.application import ORIGIN, Running, running, test_settings
from tests.support.openid import CLIENT, SECRET, Provider, openid_provider, rsa_key
from tests.support.people import make_communes, make_person, services_in

CALLBACK = f"{ORIGIN}/identity/openid/callback"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with openid_provider(CALLBACK) as running_provider:
        yield running_provider


@pytest.fixture
def clock() -> FixedClock:
    # The provider's tokens carry the time of this machine.
    return FixedClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
async def server(
    tmp_path: Path, migrated_url: str, provider: Provider, clock: FixedClock
) -> AsyncIterator[Running]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    settings = test_settings(
        tmp_path / "data",
        migrated_url,
        OIDC_ISSUER=provider.issuer,
        OIDC_CLIENT=CLIENT,
        OIDC_SECRET_FILE=str(secret),
        OIDC_NAME="Nơi xác nhận thử",
    )
    async with running(application(settings, clock)) as started:
        await make_communes()
        yield started


async def visit(url: str) -> str:
    """What a browser does at the provider: go there, be sent back; the address it is sent to."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, allow_redirects=False) as answer,
    ):
        return answer.headers["Location"]


async def begin(browser: httpx2.AsyncClient, enrolment: str = "", screen: str = "app") -> str:
    body = {"screen": screen, "enrolment": enrolment}
    answer = await browser.post("/identity/openid", json=body)
    assert answer.status_code == 200, answer.text
    url: str = answer.json()["url"]
    return url


async def come_back(browser: httpx2.AsyncClient, address: str) -> httpx2.Response:
    assert address.startswith(CALLBACK)
    return await browser.get(address.removeprefix(ORIGIN))


async def sign_in(browser: httpx2.AsyncClient, enrolment: str = "") -> httpx2.Response:
    return await come_back(browser, await visit(await begin(browser, enrolment)))


async def bound_person(server: Running, provider: Provider, account: str = "lo-thi-mau") -> Person:
    person = await make_person(account)
    services = services_in(server)
    digest = openid.digest_of(services, provider.subject)
    await openid.bind(person, digest, services.clock.now())
    return person


async def assert_refused(answer: httpx2.Response, code: str, status: int) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await Login.all().count() == 0
    # Nothing but the sentence: what the provider said stays in the log.
    assert set(answer.json()) <= {"type", "title", "status", "detail", "code", "vi", "en"}


async def test_person_bound_to_the_claim_signs_in(server: Running, provider: Provider) -> None:
    person = await bound_person(server, provider)
    async with server.browser() as browser:
        answer = await sign_in(browser)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back")
        me = (await browser.get("/identity/me")).json()
    assert me["id"] == str(person.id)
    assert (await Login.get()).way == "openid"
    assert (provider.asked[0]["prompt"], provider.asked[0]["max_age"]) == ("login", "600")
    assert provider.asked[0]["code_challenge_method"] == "S256"
    assert {"openid.bound", "person.signed_in"} <= {e.name for e in await Event.all()}
    assert await verify() is None


async def test_link_binds_the_identity_once_and_the_next_time_needs_none(
    server: Running, provider: Provider
) -> None:
    person = await make_person()
    token = await enrolments.create(person, services_in(server).clock.now())
    async with server.browser() as browser:
        assert (await sign_in(browser, token)).status_code == 303
    assert (await Enrolment.get()).used_at is not None
    kept = await OpenidIdentity.get()
    assert provider.subject not in kept.digest
    async with server.browser() as browser:
        assert (await sign_in(browser)).status_code == 303
        again = await browser.post("/identity/openid", json={"enrolment": token})
        assert again.json()["code"] == "enrolment-invalid"


async def test_two_begun_with_one_link_bind_one(server: Running, provider: Provider) -> None:
    person = await make_person()
    token = await enrolments.create(person, services_in(server).clock.now())
    async with server.browser() as first, server.browser() as second:
        addresses = [await visit(await begin(one, token)) for one in (first, second)]
        assert (await come_back(first, addresses[0])).status_code == 303
        assert (await come_back(second, addresses[1])).json()["code"] == "enrolment-invalid"
    assert await OpenidIdentity.all().count() == 1


async def test_identity_of_somebody_else_is_not_bound(server: Running, provider: Provider) -> None:
    await bound_person(server, provider)
    other = await make_person("vang-van-vi-du")
    token = await enrolments.create(other, services_in(server).clock.now())
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser, token), "openid-taken", 409)
    assert (await Enrolment.get()).used_at is None


async def test_unknown_identity_gets_neither_account_nor_role(
    server: Running, provider: Provider
) -> None:
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-unknown", 403)
    assert await Person.all().count() == 0


async def test_closed_account_does_not_sign_in(server: Running, provider: Provider) -> None:
    person = await bound_person(server, provider)
    services = services_in(server)
    await people.deactivate(person, openid.events.SYSTEM, services.clock.now())
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-unknown", 403)


async def test_identity_taken_away_opens_nothing(server: Running, provider: Provider) -> None:
    person = await bound_person(server, provider)
    assert await openid.unbind(person.id, services_in(server).clock.now()) == 1
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-unknown", 403)


async def test_wrong_state_is_refused(server: Running, provider: Provider) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        address = await visit(await begin(browser))
        state = provider.asked[0]["state"]
        for wrong in ("", state[:-1], "ơ" * 43, state.swapcase()):
            answer = await come_back(browser, address.replace(state, wrong))
            await assert_refused(answer, "openid-refused", 401)


async def test_answer_in_another_browser_is_refused(server: Running, provider: Provider) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser, server.browser() as other:
        address = await visit(await begin(browser))
        await assert_refused(await come_back(other, address), "openid-refused", 401)
        await begin(other)
        await assert_refused(await come_back(other, address), "openid-refused", 401)


async def test_replayed_answer_is_refused(server: Running, provider: Provider) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        address = await visit(await begin(browser))
        cookie = dict(browser.cookies)
        assert (await come_back(browser, address)).status_code == 303
        await Login.all().delete()
        async with server.browser() as again:
            again.cookies.update(cookie)
            await assert_refused(await come_back(again, address), "openid-refused", 401)


async def test_code_of_another_sign_in_is_refused_by_the_provider(
    server: Running, provider: Provider
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser, server.browser() as thief:
        stolen = await visit(await begin(browser))
        mine = await visit(await begin(thief))
        code = httpx2.URL(stolen).params["code"]
        swapped = mine.replace(httpx2.URL(mine).params["code"], code)
        await assert_refused(await come_back(thief, swapped), "openid-refused", 401)


async def test_late_answer_is_refused(
    server: Running, provider: Provider, clock: FixedClock
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        address = await visit(await begin(browser))
        clock.move(openid.LIFE + timedelta(seconds=1))
        await assert_refused(await come_back(browser, address), "openid-refused", 401)
        await begin(browser)
    assert await Challenge.all().count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"aud": None},
        {"exp": timedelta(hours=-1)},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": timedelta(hours=1)},
        {"nbf": timedelta(hours=1)},
        {"auth_time": timedelta(hours=-1)},
        {"auth_time": "now"},
        {"auth_time": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
    ids=str,
)
async def test_token_whose_claims_do_not_hold_is_refused(
    server: Running, provider: Provider, changed: dict[str, Any]
) -> None:
    await bound_person(server, provider)
    provider.changed = {
        name: int(time.time() + value.total_seconds()) if isinstance(value, timedelta) else value
        for name, value in changed.items()
    }
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-refused", 401)


@pytest.mark.parametrize("key", ["none", "HS256", rsa_key("1", 1)], ids=["none", "HS256", "key"])
async def test_token_without_the_providers_signature_is_refused(
    server: Running, provider: Provider, key: RSAKey | str
) -> None:
    await bound_person(server, provider)
    provider.signs_with = key
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-refused", 401)


async def test_providers_new_key_is_found_but_not_asked_for_at_every_token(
    server: Running, provider: Provider, clock: FixedClock
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        assert (await sign_in(browser)).status_code == 303
        await Login.all().delete()
        provider.key = rsa_key("2")
        await assert_refused(await sign_in(browser), "openid-refused", 401)
        clock.move(timedelta(minutes=2))
        assert (await sign_in(browser)).status_code == 303


async def test_person_who_declines_at_the_provider_is_told_to_begin_again(
    server: Running, provider: Provider
) -> None:
    async with server.browser() as browser:
        await begin(browser)
        url = await begin(browser)
        state = httpx2.URL(url).params["state"]
        answer = await browser.get(f"/identity/openid/callback?error=access_denied&state={state}")
        await assert_refused(answer, "openid-refused", 401)


async def test_answer_that_names_another_issuer_is_refused(
    server: Running, provider: Provider
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        address = await visit(await begin(browser))
        other = await come_back(browser, f"{address}&iss=https://other.example")
        await assert_refused(other, "openid-refused", 401)
    provider.named = {"authorization_response_iss_parameter_supported": True}
    server.state["openid"]._known = None
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-refused", 401)


async def test_description_of_another_issuer_is_not_believed(
    server: Running, provider: Provider
) -> None:
    provider.named = {"issuer": "https://other.example"}
    async with server.browser() as browser:
        answer = await browser.post("/identity/openid", json={})
        await assert_refused(answer, "openid-refused", 401)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/keys",
        "https://127.0.0.1/keys",
        "https://[::1]/keys",
        "https://169.254.169.254/keys",
        "http://provider.example/keys",
        "https://user@provider.example/keys",
        "file:///etc/passwd",
        "",
    ],
)
async def test_addresses_of_the_description_do_not_lead_inside(
    server: Running, provider: Provider, address: str
) -> None:
    provider.named = {"jwks_uri": address}
    async with server.browser() as browser:
        answer = await browser.post("/identity/openid", json={})
        await assert_refused(answer, "openid-refused", 401)


async def test_name_that_resolves_inside_is_not_called(server: Running, provider: Provider) -> None:
    provider.named = {"jwks_uri": "https://localhost/keys"}
    async with server.browser() as browser:
        answer = await browser.post("/identity/openid", json={})
        await assert_refused(answer, "openid-unreachable", 503)


async def test_desk_begins_by_a_link_and_comes_back_to_the_desk(
    server: Running, provider: Provider
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        page = (await browser.get("/desk/sign-in")).text
        assert "Đăng nhập bằng Nơi xác nhận thử" in page
        assert 'href="/identity/openid/start"' in page
        begun = await browser.get("/identity/openid/start")
        assert begun.status_code == 303
        answer = await come_back(browser, await visit(begun.headers["location"]))
        assert answer.headers["location"] == "/desk/dossiers"
        assert (await browser.get("/desk/dossiers")).status_code == 200
        assert "hoso-openid" not in browser.cookies


HTML = {"Accept": "text/html,application/xhtml+xml"}


async def test_who_reads_pages_is_told_of_a_refusal_where_they_began(
    server: Running, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "hoso.refusals")
    async with server.browser(**HTML) as browser:
        refused = await sign_in(browser)
        assert refused.headers["location"] == "/sign-in?problem=openid-unknown"
        begun = await browser.get("/identity/openid/start")
        refused = await come_back(browser, await visit(begun.headers["location"]))
        assert refused.headers["location"] == "/desk/sign-in?problem=openid-unknown"
        page = (await browser.get(refused.headers["location"])).text
        assert "chưa gắn với tài khoản nào" in page
        assert await Login.all().count() == 0
    assert caplog.text.count("refused openid-unknown: GET /identity/openid/callback") == 2


async def test_address_makes_the_desk_say_nothing_else(server: Running, provider: Provider) -> None:
    async with server.browser(**HTML) as browser:
        for problem in ("server-fault", "%3Cb%3E", ""):
            page = (await browser.get(f"/desk/sign-in?problem={problem}")).text
            assert 'role="alert"' not in page


async def test_provider_that_stops_answering_midway_is_told_and_may_be_tried_again(
    server: Running, provider: Provider, clock: FixedClock
) -> None:
    await bound_person(server, provider)
    async with server.browser() as browser:
        address = await visit(await begin(browser))
        provider.named = {"token_endpoint": "https://localhost/token"}
        server.state["openid"]._known = None
        await assert_refused(await come_back(browser, address), "openid-unreachable", 503)
        provider.named = {}
        server.state["openid"]._known = None
        assert (await sign_in(browser)).status_code == 303


@pytest.mark.parametrize("years", [-3, 3])
async def test_clock_that_is_years_off_lets_nobody_in(
    server: Running, provider: Provider, clock: FixedClock, years: int
) -> None:
    """The provider's tokens are of another time than ours: none of them holds."""
    await bound_person(server, provider)
    clock.move(timedelta(days=365 * years))
    async with server.browser() as browser:
        await assert_refused(await sign_in(browser), "openid-refused", 401)


async def test_app_is_told_whether_the_provider_is_offered(
    server: Running, provider: Provider
) -> None:
    async with server.browser() as browser:
        offer = (await browser.get("/identity/openid")).json()
    assert offer == {"isOffered": True, "name": "Nơi xác nhận thử"}


async def test_forged_cookies_are_refused(server: Running, provider: Provider) -> None:
    async with server.browser() as browser:
        for cookie in ("", "x", "..", f"{'a' * 43}.elsewhere.", f"{'a' * 43}.app", "a.app.b.c"):
            browser.cookies.set("hoso-openid", cookie)
            answer = await browser.get("/identity/openid/callback?code=x&state=y")
            await assert_refused(answer, "openid-refused", 401)


@pytest.mark.parametrize("claims", [{}, {"email_verified": False}, {"email_verified": "true"}])
def test_address_that_the_provider_did_not_verify_is_not_taken(claims: dict[str, Any]) -> None:
    with pytest.raises(OpenidRefused):
        openid.claim_in({"email": "a@thu.example", **claims}, "email")
    verified = {"email": "a@thu.example", "email_verified": True}
    assert openid.claim_in(verified, "email") == "a@thu.example"


def test_provider_in_the_clear_and_without_client_stops_the_start() -> None:
    for given in (
        {"HOSO_OIDC_ISSUER": "http://provider.example", "HOSO_OIDC_CLIENT": "x"},
        {"HOSO_OIDC_ISSUER": "https://provider.example"},
        {"HOSO_OIDC_ISSUER": "provider.example", "HOSO_OIDC_CLIENT": "x"},
    ):
        with pytest.raises(SettingsError, match="HOSO_OIDC"):
            read(given)
    settings = read({"HOSO_OIDC_ISSUER": "https://provider.example", "HOSO_OIDC_CLIENT": "x"})
    assert OpenidProvider(settings).issuer == "https://provider.example"
    assert settings.oidc_name == "provider.example"


async def test_unreachable_provider_is_told_as_such(tmp_path: Path) -> None:
    given = {"HOSO_OIDC_ISSUER": "http://127.0.0.1:1", "HOSO_OIDC_CLIENT": "x"}
    with pytest.raises(Problem, match="openid-unreachable"):
        await OpenidProvider(read(given)).description(datetime.now(UTC))
