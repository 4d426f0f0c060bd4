"""Signing in at the desk, without JavaScript."""

import re
from dataclasses import replace

import httpx2
import pytest

from server.app import application
from server.clock import FixedClock
from server.identity import codes
from server.settings import Settings
from tests.support.application import START, Running, running
from tests.support.people import make_communes, make_person, services_in

from .conftest import Hall, words_of


async def test_a_clerk_signs_in_with_the_code_that_was_sent(
    server: Running, browser: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_communes()
    await make_person("mot-cua")
    asked = await browser.post("/desk/sign-in", data={"account": "Mot-Cua "})
    code = re.findall(r"\d{6}", capsys.readouterr().err)[-1]
    entered = await browser.post(
        "/desk/sign-in", data={"account": "mot-cua", "code": code, "next": "/desk/dossiers"}
    )
    listed = await browser.get("/desk/dossiers")
    assert asked.status_code == 200
    assert (entered.status_code, entered.headers["location"]) == (303, "/desk/dossiers")
    assert "Lò Thị Mẫu" in words_of(listed)


async def test_over_https_every_cookie_is_bound_to_the_host(
    settings: Settings, clock: FixedClock
) -> None:
    address = "https://hoso.example.vn"
    secure = replace(settings, origin=address)
    async with running(application(secure, clock)) as server:
        code = await codes.issue(services_in(server).keyring.secret, await make_person(), START)
        async with server.browser(Origin=address) as browser:
            entered = await browser.post(
                "/desk/sign-in", data={"account": "lo-thi-mau", "code": code}
            )
            chosen = await browser.post("/desk/language", data={"language": "en"})
    for answer in (entered, chosen):
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-hoso")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


async def test_the_answer_does_not_tell_whether_an_account_exists(
    browser: httpx2.AsyncClient,
) -> None:
    await make_communes()
    await make_person("mot-cua")
    known = await browser.post("/desk/sign-in", data={"account": "mot-cua"})
    unknown = await browser.post("/desk/sign-in", data={"account": "khong-co"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("mot-cua", "X") == unknown.text.replace("khong-co", "X")


async def test_a_wrong_code_is_said_on_the_page_and_the_account_stays(
    browser: httpx2.AsyncClient,
) -> None:
    await make_communes()
    await make_person("mot-cua")
    await browser.post("/desk/sign-in", data={"account": "mot-cua"})
    refused = await browser.post("/desk/sign-in", data={"account": "mot-cua", "code": "000000x"})
    assert refused.status_code == 401
    assert "Hãy xin mã mới" in words_of(refused)
    assert 'name="account" value="mot-cua"' in refused.text


async def test_who_has_a_code_already_is_not_sent_another(
    browser: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_communes()
    await make_person("mot-cua")
    page = await browser.post("/desk/sign-in", data={"account": "mot-cua", "has_code": "yes"})
    assert 'name="code"' in page.text
    assert not re.findall(r"\d{6}", capsys.readouterr().err)


async def test_next_never_leads_out_of_the_desk(browser: httpx2.AsyncClient) -> None:
    for address in ("https://evil.example", "//evil.example", "/desk\\@evil.example", "/sync"):
        page = await browser.get("/desk/sign-in", params={"next": address})
        assert 'name="next" value="/desk/dossiers"' in page.text


async def test_without_a_login_every_page_leads_to_signing_in(browser: httpx2.AsyncClient) -> None:
    for path in ("/desk", "/desk/dossiers", "/desk/held", "/desk/procedures"):
        answer = await browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in")


async def test_signing_out_ends_the_login(hall: Hall) -> None:
    clerk = await hall.at("clerk")
    await clerk.post("/desk/sign-out")
    assert (await clerk.get("/desk/dossiers")).status_code == 303


async def test_the_desk_is_vietnamese_until_switched(hall: Hall) -> None:
    clerk = await hall.at("clerk")
    before = await clerk.get("/desk/dossiers", headers={"Accept-Language": "en-US"})
    await clerk.post("/desk/language", data={"language": "en", "back": "/desk/dossiers"})
    after = await clerk.get("/desk/dossiers")
    assert '<html lang="vi">' in before.text
    assert "Tất cả đang xử lý" in before.text
    assert '<html lang="en">' in after.text
    assert "All open" in after.text


async def test_a_post_from_another_site_is_refused(hall: Hall) -> None:
    clerk = await hall.at("clerk")
    answer = await clerk.post("/desk/sign-out", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await clerk.get("/desk/dossiers")).status_code == 200
