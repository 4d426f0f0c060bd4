"""How much may be sent to each address."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from server.sizes import LIMITS, USUAL, limit_of


@pytest.mark.parametrize(
    "path", ["/identity/logins", "/claims", "/desk/sign-in", "/verify", "/desk/people", "/nowhere"]
)
async def test_body_over_the_bound_is_refused_before_it_is_read(
    browser: httpx2.AsyncClient, path: str
) -> None:
    answer = await browser.post(path, content=b"x" * (USUAL + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "request-too-large")
    assert answer.json()["limit"] == USUAL


async def test_body_of_unknown_length_is_counted_as_it_comes(browser: httpx2.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1000

    answer = await browser.post("/identity/logins", content=endless())
    assert answer.status_code == 413
    # A form has bounds of its own below that.
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/desk/sign-in", content=endless(), headers=headers)
    assert answer.status_code in (400, 413)


async def test_length_that_is_no_number_is_refused(browser: httpx2.AsyncClient) -> None:
    answer = await browser.post("/claims", content=b"{}", headers={"Content-Length": "-5"})
    assert answer.status_code == 413


def test_every_address_has_a_bound() -> None:
    assert limit_of("/sync") == 4 << 20
    assert limit_of("/uploads/x") > 8 << 20
    assert limit_of("/anything") == USUAL
    assert LIMITS[-1][0] == "/"
