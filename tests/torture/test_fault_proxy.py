"""The bad network of the tests does what it says."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.fault_proxy import CAPTIVE, FaultProxy, Weather

from .lines import Answer, Asked, Outside

BODY = bytes(range(256)) * 4


class Echo:
    """A server that answers with what it got and keeps it."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.broken = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(len(BODY))
            self.got.append(body)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
        except EOFError:
            self.broken += 1
        finally:
            writer.close()


@pytest.fixture
async def echo() -> AsyncIterator[tuple[Echo, int]]:
    kept = Echo()
    listener = await asyncio.start_server(kept.serve, "127.0.0.1", 0)
    yield kept, listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()


async def through(port: int, event: str, *, times: int = 1) -> list[Answer | None]:
    weather = Weather({event: 1}, longest_stall=0.01)
    async with FaultProxy(port, weather, seed=7) as proxy:
        line = Outside(proxy.port, is_phones=False)
        asked = [line.ask(Asked("POST", "/x", BODY)) for _ in range(times)]
        answers = list(await asyncio.gather(*asked))
        assert proxy.done == {f"network: {event}": times}
    return answers


@pytest.mark.parametrize("event", ["pass", "stall", "late"])
async def test_what_only_waits_arrives_whole(echo: tuple[Echo, int], event: str) -> None:
    kept, port = echo
    (answer,) = await through(port, event)
    assert answer
    assert answer.body == BODY
    assert kept.got == [BODY]


async def test_dropped_request_never_arrives(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    assert await through(port, "drop") == [None]
    assert kept.got == []


async def test_request_cut_on_the_way_up_arrives_in_part(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    assert await through(port, "cut up", times=5) == [None] * 5
    assert (kept.got, kept.broken) == ([], 5)


async def test_answer_cut_on_the_way_down_is_lost_after_its_effect(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    assert await through(port, "cut down", times=5) == [None] * 5
    assert len(kept.got) == 5


async def test_request_sent_twice_arrives_twice(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    (answer,) = await through(port, "twice")
    assert answer
    assert kept.got == [BODY, BODY]


@pytest.mark.parametrize(("event", "is_up"), [("flip up", True), ("flip down", False)])
async def test_one_bit_is_another(echo: tuple[Echo, int], event: str, is_up: bool) -> None:
    kept, port = echo
    (answer,) = await through(port, event)
    assert answer is not None
    assert (kept.got == [BODY]) is not is_up
    differing = [a ^ b for a, b in zip(answer.body, BODY, strict=True) if a != b]
    assert len(differing) == 1
    assert differing[0].bit_count() == 1


async def test_captive_network_answers_itself(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    (answer,) = await through(port, "captive")
    assert answer
    assert (answer.status, answer.body) == (200, CAPTIVE)
    assert kept.got == []


async def test_late_requests_change_places(echo: tuple[Echo, int]) -> None:
    kept, port = echo
    async with FaultProxy(port, Weather({"late": 1}), seed=1) as proxy:
        line = Outside(proxy.port, is_phones=False)
        first = asyncio.create_task(line.ask(Asked("POST", "/", b"1" * len(BODY))))
        await asyncio.sleep(0.05)
        proxy.weather = Weather()
        await line.ask(Asked("POST", "/", b"2" * len(BODY)))
        await first
    assert [one[:1] for one in kept.got] == [b"2", b"1"]


async def test_slow_network_takes_its_time(echo: tuple[Echo, int]) -> None:
    _, port = echo
    began = asyncio.get_running_loop().time()
    await through(port, "slow")
    # 20 kbit/s: more than 1,024 bytes each way.
    assert asyncio.get_running_loop().time() - began > 0.4
