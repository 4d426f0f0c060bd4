"""The worst link a phone still calls a network: 20 kbit/s, and every fifth request is reset.

A TCP proxy in front of a server. All connections share the rate in each direction; a request that
is drawn to fail ends with a reset after some of its bytes or of its answer's. What passes is
counted by the first part of the address, so that texts and pages are told apart. Bytes that the
phone's own system still holds when a connection breaks have not passed.
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections import Counter

from tests.support.proxy import Link

PIECE = 500
# Little waits between phone and link, as in a modem's own memory.
BUFFER = 4096
RESETS = 0.2
BITS = 20_000
ROUND_TRIP = 0.6


class WorstLink:
    """Listens on `port` and forwards to `target`; use as a context. `up` counts bytes by path."""

    def __init__(self, target: int, *, seed: int) -> None:
        self.up: Counter[str] = Counter()
        self.resets = 0
        self.is_bad = False
        self._target = target
        self._chance = random.Random(seed)
        self._links = [Link(BITS / 8, ROUND_TRIP / 2) for _ in range(2)]
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> WorstLink:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        call = _Call(self, near, far)
        down = threading.Thread(target=call.answers, daemon=True)
        down.start()
        with contextlib.suppress(OSError, EOFError):
            call.requests()
        call.end()
        down.join()

    def pass_over(self, way: int, size: int) -> None:
        """Wait until this many bytes have gone over the link (0 up, 1 down)."""
        if self.is_bad:
            # The way itself is waited for too, as if each piece were alone on it: upper bounds.
            time.sleep(max(0.0, self._links[way].carry(size) - time.monotonic()))

    def draws_reset(self) -> bool:
        """Whether the next request is one that fails."""
        return self.is_bad and self._chance.random() < RESETS

    def somewhere(self, length: int) -> int:
        """A place within so many bytes."""
        return self._chance.randrange(max(1, length))


class _Call:
    """One connection. `_left`: how many bytes may pass before it is reset; nothing: all of them."""

    def __init__(self, link: WorstLink, near: socket.socket, far: socket.socket) -> None:
        self._link, self._near, self._far = link, near, far
        self._left: int | None = None

    def requests(self) -> None:
        """The phone's side. Raises OSError, EOFError at the end."""
        waiting = b""
        while True:
            while b"\r\n\r\n" not in waiting:
                waiting += _received(self._near)
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            head += b"\r\n\r\n"
            length = _length(head)
            kind = head.split(b" ", 2)[1].decode("latin-1").split("/")[1].partition("?")[0]
            if self._link.draws_reset():
                # Anywhere in the request, or in an answer of common size.
                self._left = self._link.somewhere(len(head) + length + 400)
            self._send(head, kind)
            while length > 0:
                waiting = waiting or _received(self._near)
                piece, waiting = waiting[: min(length, PIECE)], waiting[min(length, PIECE) :]
                length -= len(piece)
                self._send(piece, kind)

    def answers(self) -> None:
        """The server's side."""
        with contextlib.suppress(OSError, EOFError):
            while True:
                piece = _received(self._far)
                self._link.pass_over(1, len(piece))
                self._spend(len(piece))
                self._near.sendall(piece)
        self.end()

    def end(self) -> None:
        """Both sides, in good order."""
        for one in (self._near, self._far):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _send(self, piece: bytes, kind: str) -> None:
        self._link.pass_over(0, len(piece))
        if self._link.is_bad:
            self._link.up[kind] += len(piece)
        self._spend(len(piece))
        self._far.sendall(piece)

    def _spend(self, size: int) -> None:
        if self._left is None:
            return
        self._left -= size
        if self._left > 0:
            return
        self._link.resets += 1
        now = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self._near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
        self.end()
        raise EOFError


def _received(source: socket.socket) -> bytes:
    piece = source.recv(PIECE)
    if not piece:
        raise EOFError
    return piece


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0
