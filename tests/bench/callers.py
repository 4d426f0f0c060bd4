"""Phones that all send at once: plain HTTP/1.1 over kept connections, as little as a caller needs.

It shares the machine with the server, so it does no more than write prepared bytes and read the
verdicts; everything is sealed before the clock starts.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Drive:
    """What one run came to; times in seconds, one entry a request."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def p99(self) -> float:
        """The time that 99 of 100 requests stay below."""
        return sorted(self.times)[max(0, int(len(self.times) * 0.99) - 1)]


def request(port: int, path: str, content: bytes | None = None) -> bytes:
    """The bytes of a request: POST with a JSON body, or GET."""
    lines = [f"{'GET' if content is None else 'POST'} {path} HTTP/1.1", f"Host: localhost:{port}"]
    if content is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (content or b"")


def syncs(port: int, key: str, envelopes: Sequence[dict[str, str]], batch: int) -> list[bytes]:
    """Requests that deliver the envelopes, `batch` at a time."""
    return [
        request(
            port,
            "/sync",
            json.dumps(
                {
                    "v": 1,
                    "language": "vi",
                    "device": {"key": key},
                    "envelopes": envelopes[at : at + batch],
                }
            ).encode(),
        )
        for at in range(0, len(envelopes), batch)
    ]


def drive(port: int, requests: Sequence[bytes], callers: int) -> Drive:
    """Send all requests by so many callers at once, each its next when the last is answered."""
    return asyncio.run(_drive(port, requests, callers))


async def _drive(port: int, requests: Sequence[bytes], callers: int) -> Drive:
    found, waiting = Drive(), list(reversed(requests))
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(callers)]

    async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while waiting:
            content = waiting.pop()
            began = time.perf_counter()
            writer.write(content)
            status, body, _ = await answer(reader)
            found.times.append(time.perf_counter() - began)
            if status != 200:
                found.verdicts[str(status)] += 1
            elif body.startswith(b"{") and b'"verdicts"' in body:
                found.verdicts.update(one["verdict"] for one in json.loads(body)["verdicts"])

    began = time.perf_counter()
    await asyncio.gather(*(call(*line) for line in lines))
    found.seconds = time.perf_counter() - began
    for _, writer in lines:
        writer.close()
    return found


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers (names in lower case) of one answer."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }
    body = await reader.readexactly(int(headers["content-length"]))
    return int(first.split()[1]), body, headers
