"""Attempts that were turned away are told in the log, and no secret with them."""

import logging

import httpx2
import pytest

from server.errors import CATALOGUE
from server.refusals import WATCHED
from tests.support.application import Running
from tests.support.mutations import envelope, submission
from tests.support.people import BAT_XAT, Y_TY, make_communes, make_person, services_in, sign_in
from tests.support.phones import Phone

TOKEN = "bi-mat-bi-mat-bi-mat-bi-mat-bi-mat"


@pytest.fixture(autouse=True)
def listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hoso.refusals")


def test_every_watched_code_is_in_the_catalogue() -> None:
    assert WATCHED - CATALOGUE.keys() == set()


async def test_failed_sign_in_is_told_without_account_or_code(
    browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await make_person()
    body = {"account": "lo-thi-mau", "code": "123456"}
    await browser.post("/identity/logins", json=body)
    await browser.post("/desk/sign-in", data=body)
    assert caplog.messages == [
        "refused sign-in-refused: POST /identity/logins from 127.0.0.1 by nobody",
        "refused sign-in-refused: POST /desk/sign-in from 127.0.0.1 by nobody",
    ]


async def test_link_that_does_not_hold_is_told_by_its_route(
    browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await browser.post(f"/identity/enrolments/{TOKEN}/options")
    assert TOKEN not in caplog.text
    assert "enrolment-invalid: POST /identity/enrolments/{token}/options" in caplog.text


async def test_reaching_for_another_commune_is_told_with_who_did(
    server: Running, browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await make_communes()
    person = await make_person("lo-van-mau", "administrator", Y_TY)
    await sign_in(services_in(server), browser, person)
    other = await make_person("vang-van-vi-du", "clerk", BAT_XAT)
    answer = await browser.get(f"/desk/people/{other.id}")
    assert answer.status_code in (403, 404)
    assert f"GET /desk/people/{{person}} from 127.0.0.1 by {person.id}" in caplog.text


async def test_another_sites_request_is_told_before_any_route_was_found(
    browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"Origin": "https://evil.example"}
    await browser.post(f"/identity/enrolments/{TOKEN}", headers=headers)
    assert caplog.messages == [
        "refused origin-forbidden: POST /identity/… from 127.0.0.1 by nobody"
    ]


async def test_refused_envelope_is_told(
    server: Running, browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    sealed = envelope(services_in(server).keyring, Phone(), submission())
    sealed["sealed"] = "AAAA" + sealed["sealed"][4:]
    await browser.post("/sync", json={"v": 1, "envelopes": [sealed]})
    assert "refused envelope-unreadable: POST /sync from 127.0.0.1" in caplog.text


async def test_login_that_has_run_out_is_not_told(
    browser: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await browser.get("/identity/me")).status_code == 401
    assert caplog.messages == []
