"""The way between a phone and the server, with what may happen on it.

`Inside` calls the application in this process, so each fault has one known effect. `Outside` goes
through a socket to a server that may die at any moment: an answer then may or may not come.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.applications import Starlette

# Seconds until a phone gives up. Long, because whatever is dropped or killed ends the connection:
# only a server that hangs is waited for, and a busy machine is no such server.
PATIENCE = 120.0


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


class Line(Protocol):
    """One way to the server."""

    async def ask(self, asked: Asked, reach: int | None = None) -> Answer | None:
        """The answer, or nothing when it was lost.

        With `reach` the connection breaks after so many bytes of the body.
        """
        ...


class Inside:
    """A line into the application of this process."""

    def __init__(self, app: Starlette, state: Mapping[str, Any]) -> None:
        self._app = app
        self._state = state

    async def ask(self, asked: Asked, reach: int | None = None) -> Answer | None:
        body = asked.body if reach is None else asked.body[:reach]
        told: list[dict[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": reach is not None},
            {"type": "http.disconnect"},
        ]
        heard: list[dict[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return told.pop(0) if len(told) > 1 else told[0]

        async def send(message: MutableMapping[str, Any]) -> None:
            heard.append(dict(message))

        try:
            await self._app(self._scope(asked), receive, send)
        except Exception:
            # Whose connection broke has nobody left to answer to.
            if reach is None:
                raise
        if reach is not None:
            return None
        start = next(one for one in heard if one["type"] == "http.response.start")
        parts = [one.get("body", b"") for one in heard if one["type"] == "http.response.body"]
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(parts))

    def _scope(self, asked: Asked) -> MutableMapping[str, Any]:
        path, _, query = asked.path.partition("?")
        headers = {"host": "localhost:8000", "content-length": str(len(asked.body))}
        headers |= {name.lower(): value for name, value in asked.headers.items()}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("localhost", 8000),
            "state": dict(self._state),
        }


class Outside:
    """A line to whatever listens on `port` of the loopback; each request on a connection of its own
    as after every cut. A page of HTML where a phone asked is no answer of this server.
    """

    def __init__(self, port: int, *, is_phones: bool) -> None:
        self._port = port
        self._is_phones = is_phones

    async def ask(self, asked: Asked, reach: int | None = None) -> Answer | None:
        head = [f"{asked.method} {asked.path} HTTP/1.1", f"Host: localhost:{self._port}"]
        head += [f"{name}: {value}" for name, value in asked.headers.items()]
        head += [f"Content-Length: {len(asked.body)}", "Connection: close", "", ""]
        body = asked.body if reach is None else asked.body[:reach]
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                try:
                    writer.write("\r\n".join(head).encode() + body)
                    await writer.drain()
                    if reach is not None:
                        return None
                    answer = await _answer(reader, asked.method)
                    is_page = answer.headers.get("content-type", "").startswith("text/html")
                    return None if is_page and self._is_phones else answer
                finally:
                    writer.close()
        except (OSError, TimeoutError, EOFError, ValueError):
            return None


async def _answer(reader: asyncio.StreamReader, method: str) -> Answer:
    """Raises EOFError or ValueError for an answer that is cut or garbled."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = int(headers.get("content-length", "0")) if method != "HEAD" else 0
    return Answer(int(first.split()[1]), headers, await reader.readexactly(length))
