"""One phone that runs wild is told to wait; others, and who carries for them, are not."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.requests import HTTPConnection

from server.attachments.store import open_store
from server.attachments.uploads import Uploads
from server.clock import FixedClock
from server.errors import Problem
from server.turns import PER_MINUTE, Turns
from tests.support.application import START, Running
from tests.support.people import make_communes
from tests.support.phones import Phone


async def test_more_than_a_minute_holds_is_refused_with_the_time_to_wait() -> None:
    turns = Turns({"device": 5})
    await turns.take("device", "a", 3)
    await turns.take("device", "a", 2)
    with pytest.raises(Problem, match="device-too-fast") as told:
        await turns.take("device", "a")
    assert (told.value.status, told.value.headers["Retry-After"]) == (429, "30")
    await turns.take("device", "b", 5)


async def test_one_request_larger_than_the_bound_is_not_refused_for_ever() -> None:
    await Turns({"device": 5}).take("device", "a", 50)


async def asked(browser: httpx2.AsyncClient, phone: Phone | None, count: int) -> list[int]:
    body = {"v": 1, "language": "vi", "envelopes": []}
    if phone:
        body["device"] = phone.claim("none")
    return [(await browser.post("/sync", json=body)).status_code for _ in range(count)]


async def test_wild_phone_is_told_to_wait_and_its_neighbours_are_served(server: Running) -> None:
    await make_communes()
    server.state["turns"]._limits = Turns({**PER_MINUTE, "device": 4})._limits
    wild, other = Phone(), Phone()
    async with server.browser() as browser:
        assert await asked(browser, wild, 5) == [200] * 4 + [429]
        refused = await browser.post(
            "/sync",
            json={"v": 1, "language": "vi", "envelopes": [], "device": wild.claim("none")},
        )
        assert refused.json()["code"] == "device-too-fast"
        assert refused.headers["retry-after"] == "30"
        assert await asked(browser, other, 4) == [200] * 4
        assert await asked(browser, None, 9) == [200] * 9


def asking(host: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (host, 1)})


async def test_address_is_counted_beside_its_phones_but_not_this_machine() -> None:
    turns = Turns({"address": 3})
    for _ in range(9):
        await turns.take_from(asking("127.0.0.1"))
    await turns.take_from(asking("203.0.113.9"), 3)
    with pytest.raises(Problem, match="device-too-fast"):
        await turns.take_from(asking("203.0.113.9"))
    await turns.take_from(asking("203.0.113.10"))


async def test_pieces_of_one_page_are_counted_for_that_page_alone(tmp_path: Path) -> None:
    async def arrived(_: str) -> None: ...

    turns = Turns({"page": 9, "piece": 2})
    uploads = Uploads(tmp_path, open_store("memory://"), FixedClock(START), arrived, turns=turns)

    async def body() -> AsyncIterator[bytes]:
        yield b""

    told = []
    for upload in ("not one", "not one", "not one", "another"):
        with pytest.raises(Problem) as refused:
            await uploads.append(upload, 0, body())
        told.append(refused.value.code)
    assert told == ["upload-unknown"] * 2 + ["device-too-fast", "upload-unknown"]
