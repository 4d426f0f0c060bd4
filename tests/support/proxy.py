"""A slow mobile link in front of a server, as a TCP proxy: so many bits a second, so long a way.

All connections share the one link in each direction, as all of a phone's do. A new connection costs
one round trip before its first byte moves. Not modelled: loss, slow start, the radio's own sleep.
What passed is counted.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time

PIECE = 1400


class Link:
    """One direction of the air: `rate` in bytes a second, `delay` in seconds."""

    def __init__(self, rate: float, delay: float) -> None:
        self.rate = rate
        self.delay = delay
        self.passed = 0
        self._free_at = 0.0
        self._lock = threading.Lock()

    def carry(self, size: int) -> float:
        """When a piece handed over now has arrived at the other end (monotonic seconds)."""
        with self._lock:
            self.passed += size
            self._free_at = max(self._free_at, time.monotonic()) + size / self.rate
            return self._free_at + self.delay


class SlowProxy:
    """Listens on `port` of the loopback and forwards to `target`; use as a context."""

    def __init__(self, target: int, *, bits: int, round_trip: float) -> None:
        self.up = Link(bits / 8, round_trip / 2)
        self.down = Link(bits / 8, round_trip / 2)
        self.round_trip = round_trip
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self.connections = 0

    def __enter__(self) -> SlowProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # A socket that another thread waits on is woken by shutting it down, not by closing it.
        for one in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        self._open |= {near, far}
        ready = time.monotonic() + self.round_trip
        ways = [(near, far, self.up, ready), (far, near, self.down, ready)]
        threads = [threading.Thread(target=_pump, args=way, daemon=True) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._open -= {near, far}
        near.close()
        far.close()


def _pump(source: socket.socket, sink: socket.socket, link: Link, ready: float) -> None:
    """Move one direction of one connection until it ends."""
    waiting: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

    def deliver() -> None:
        with contextlib.suppress(OSError):
            while True:
                at, piece = waiting.get()
                time.sleep(max(0.0, at - time.monotonic()))
                if not piece:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(piece)

    delivery = threading.Thread(target=deliver, daemon=True)
    delivery.start()
    with contextlib.suppress(OSError):
        while piece := source.recv(PIECE):
            if time.monotonic() < ready:
                time.sleep(ready - time.monotonic())
            waiting.put((link.carry(len(piece)), piece))
    waiting.put((time.monotonic() + link.delay, b""))
    delivery.join()
