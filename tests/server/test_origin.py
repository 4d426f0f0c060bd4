"""Who may ask for a change: our own pages and programs, never another site's page."""

import httpx2
import pytest
from starlette.requests import HTTPConnection

from server.origin import is_own
from server.settings import read
from tests.support.application import ORIGIN, Running


def request(**headers: str) -> HTTPConnection:
    named = {"host": "localhost:8000", **headers}
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()]
    return HTTPConnection({"type": "http", "headers": raw})


COOKIE = {"cookie": "hoso=token"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ORIGIN, **COOKIE},
        {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000", **COOKIE},
        {"sec_fetch_site": "same-origin", **COOKIE},
        {"sec_fetch_site": "none", **COOKIE},
        {"referer": f"{ORIGIN}/desk/dossiers", **COOKIE},
        {},
    ],
)
def test_own_pages_and_programs_may_change(headers: dict[str, str]) -> None:
    assert is_own(request(**headers), ORIGIN)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", **COOKIE},
        {"origin": "https://evil.example"},
        {"origin": "null", **COOKIE},
        {"origin": "http://localhost:8001", **COOKIE},
        {"origin": "http://localhost:8000.evil.example", **COOKIE},
        {"sec_fetch_site": "cross-site", **COOKIE},
        {"sec_fetch_site": "same-site", **COOKIE},
        {"referer": "https://evil.example/http://localhost:8000/", **COOKIE},
        COOKIE,
    ],
)
def test_other_sites_pages_may_not(headers: dict[str, str]) -> None:
    assert not is_own(request(**headers), ORIGIN)


async def test_change_from_another_site_is_refused_before_anything_happens(
    server: Running,
) -> None:
    async with server.browser(Origin="https://evil.example") as evil:
        answer = await evil.post("/identity/codes", json={"account": "lo-thi-mau"})
        read_only = await evil.get("/health")
    assert (answer.status_code, answer.json()["code"]) == (403, "origin-forbidden")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert read_only.status_code == 200


async def test_https_is_asked_for_ever_after_on_https_alone(browser: httpx2.AsyncClient) -> None:
    assert "strict-transport-security" not in (await browser.get("/health")).headers
    assert read({"HOSO_ORIGIN": "https://hoso.example"}).is_secure
