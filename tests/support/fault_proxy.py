"""A bad network on purpose, in front of a server: one request at a time meets what the seed draws.

    drop        the connection ends before the request has passed
    stall       nothing moves for a while, then it goes on
    cut up      the connection ends after some bytes of the request
    cut down    the connection ends after some bytes of the answer
    twice       the request arrives twice; the second answer comes back
    late        the request waits until another has passed it: they change places
    flip up     one bit of the request's body is another (TLS would notice)
    flip down   one bit of the answer's body is another
    captive     a page of HTML with status 200, as a café's sign-in puts in the way
    slow        20 kbit/s, and one answer in five is reset on the way

It speaks HTTP/1.1 with Content-Length, which is all that phones and this server send. What it did
is counted in `done`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CAPTIVE = (
    b"<!doctype html><title>Wi-Fi</title><p>Vui l\xc3\xb2ng \xc4\x91\xc4\x83ng nh\xe1\xba\xadp</p>"
)
SLOW = 20_000 / 8
PIECE = 500
# Seconds that a `late` request waits for another at most.
PATIENCE = 1.0


@dataclass(frozen=True)
class Weather:
    """How often each thing happens: weights by name; what is not named does not. Seconds."""

    weights: Mapping[str, float] = field(default_factory=lambda: {"pass": 1})
    longest_stall: float = 2.0
    # Paths in whose bodies a bit may flip.
    flips: tuple[str, ...] = ("/",)


FAIR = Weather()


@dataclass
class _Message:
    """A request or an answer as it came: head with its blank line, body."""

    head: bytes
    body: bytes

    @property
    def path(self) -> str:
        """The address a request asks for."""
        return self.head.split(b" ", 2)[1].decode("latin-1")

    @property
    def is_last(self) -> bool:
        """Whether its sender wants the connection to end after it."""
        return b"connection: close" in self.head.lower()

    @property
    def whole(self) -> bytes:
        return self.head + self.body


class FaultProxy:
    """Listens on `port` of the loopback, forwards to `target`. An asynchronous context.

    `weather` may be changed at any time. `is_down`: there is no network at all.
    """

    def __init__(self, target: int, weather: Weather = FAIR, *, seed: int, port: int = 0) -> None:
        self.target = target
        self.port = port
        self.weather = weather
        self.is_down = False
        self.done: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._passed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> FaultProxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._open):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while not self.is_down and await self._exchange(reader, writer):
                pass
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(writer)
            with contextlib.suppress(OSError):
                writer.transport.abort() if self.is_down else writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection goes on. Raises as sockets do."""
        asked = await _read(reader)
        weights = self.weather.weights
        (event,) = self._chance.choices(list(weights), list(weights.values()))
        if event.startswith("flip") and not asked.path.startswith(self.weather.flips):
            event = "pass"
        self.done[f"network: {event}"] += 1
        if self.is_down or event == "drop":
            return False
        if event == "captive":
            near.write(_html())
            await near.drain()
            return not asked.is_last
        if event == "stall":
            await asyncio.sleep(self._chance.uniform(0, self.weather.longest_stall))
        elif event == "late":
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    self._passed.clear()
                    await self._passed.wait()
        elif event == "cut up":
            await self._half(asked)
            return False
        elif event == "twice":
            await self._ask(asked)
        elif event == "flip up":
            asked = self._flipped(asked)
        elif event == "slow":
            await asyncio.sleep(len(asked.whole) / SLOW)
        answer = await self._ask(asked)
        self._passed.set()
        if event == "flip down":
            answer = self._flipped(answer)
        if event == "cut down" or (event == "slow" and self._chance.random() < 0.2):
            near.write(answer.whole[: self._chance.randrange(len(answer.whole))])
            await near.drain()
            return False
        for piece in _pieces(answer.whole, PIECE if event == "slow" else len(answer.whole)):
            near.write(piece)
            await near.drain()
            if event == "slow":
                await asyncio.sleep(len(piece) / SLOW)
        return not (asked.is_last or answer.is_last)

    async def _ask(self, asked: _Message) -> _Message:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            writer.write(asked.whole)
            await writer.drain()
            return await _read(reader, is_bodiless=asked.head.startswith(b"HEAD "))
        finally:
            writer.close()

    async def _half(self, asked: _Message) -> None:
        """Some of the request reaches the server, then the connection is gone."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.target)
        # Mostly inside the body, where something may be left behind.
        start = len(asked.head) if asked.body and self._chance.random() < 0.8 else 0
        writer.write(asked.whole[: self._chance.randrange(start, len(asked.whole))])
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.close()

    def _flipped(self, message: _Message) -> _Message:
        if not message.body:
            return message
        body = bytearray(message.body)
        body[self._chance.randrange(len(body))] ^= 1 << self._chance.randrange(8)
        return _Message(message.head, bytes(body))


@contextlib.contextmanager
def in_thread(proxy: FaultProxy) -> Iterator[FaultProxy]:
    """The proxy works in a thread of its own inside this block, for those who have no loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(proxy.__aenter__(), loop).result()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.__aexit__(), loop).result()
        asyncio.run_coroutine_threadsafe(_calm(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _calm() -> None:
    """End what is still under way in this loop."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _read(reader: asyncio.StreamReader, *, is_bodiless: bool = False) -> _Message:
    """Raises EOFError when the connection ends before the message does."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(one[15:]) for one in lines if one.startswith(b"content-length:")), 0)
    if b"transfer-encoding: chunked" in lines:
        return _Message(head, await _chunks(reader))
    return _Message(head, b"" if is_bodiless else await reader.readexactly(length))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        line = await reader.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        body += line + await reader.readexactly(size + 2)
        if size == 0:
            return body


def _html() -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(CAPTIVE)}\r\n\r\n"
    return head.encode() + CAPTIVE


def _pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))
