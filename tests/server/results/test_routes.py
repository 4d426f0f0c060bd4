"""`/verify` and the keys, without login."""

import httpx2

from server.results import receipts
from tests.support.application import Running
from tests.support.people import services_in

from .test_signing import RECEIPT


def genuine(server: Running) -> str:
    return receipts.issue(services_in(server).keyring.receipts, RECEIPT)


async def test_programs_check_a_receipt_by_json(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    answer = await browser.post("/verify", json={"receipt": genuine(server)})
    assert answer.json()["valid"] is True
    assert answer.json()["receipt"]["code"] == RECEIPT.code
    wrong = await browser.post("/verify", json={"receipt": genuine(server)[:-8]})
    assert wrong.json() == {"valid": False}
    assert (await browser.post("/verify", json={})).json()["code"] == "request-malformed"


async def test_people_see_in_their_language_what_a_receipt_says(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    page = await browser.get("/verify", params={"receipt": genuine(server)})
    assert "Biên nhận thật" in page.text
    assert RECEIPT.code in page.text
    assert "08:02 22/11/2026" in page.text
    english = await browser.get("/verify", params={"receipt": genuine(server), "language": "en"})
    assert "The receipt is genuine" in english.text


async def test_false_receipt_is_told_plainly_and_shown_harmlessly(
    browser: httpx2.AsyncClient,
) -> None:
    page = await browser.post("/verify", data={"receipt": "<script>alert(1)</script>"})
    assert page.status_code == 200
    assert "Biên nhận không đúng" in page.text
    assert "<script>alert" not in page.text


async def test_empty_page_asks_for_a_receipt(browser: httpx2.AsyncClient) -> None:
    page = await browser.get("/verify")
    assert "Dán mã biên nhận" in page.text
    assert 'role="alert"' not in page.text
    style = await browser.get("/verify/verify.css")
    assert style.headers["content-type"].startswith("text/css")


async def test_keys_are_public(server: Running, browser: httpx2.AsyncClient) -> None:
    keys = (await browser.get("/.well-known/jwks.json")).json()["keys"]
    assert [key["kid"] for key in keys] == [services_in(server).keyring.receipts[-1].kid]
