"""(b) From navigation to the first question that can be answered, cold on a slow link and offline.

The phone is a 360 × 640 Chromium with its processor slowed six times; every byte, the worker's too,
passes a proxy that is the link. Nobody hesitates: each button is pressed as soon as it is there.
"""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Playwright, expect

from tests.journeys.phone import BIRTH, COMMUNE, Phone
from tests.support.browsers import PHONE, Device
from tests.support.proxy import SlowProxy
from tests.support.server_process import ServerProcess, free_port

BITS = 400_000
ROUND_TRIP = 0.4
SLOWER = 6
PATIENCE = 120_000
PEER = 9_000_000
# Connection, page, script, catalogue, form, lists: each waits for the one before.
ROUND_TRIPS = 6


@dataclass(frozen=True)
class Openings:
    """Seconds, medians of `runs`; bytes that came down before the first question.

    `rate`: bytes a second of plain downloads on the same link.
    """

    runs: int
    cold: float
    words: float
    offline: float
    draft: float
    bytes_down: int
    rate: float

    @property
    def peer(self) -> float:
        """Seconds that a plain download of a 9 MB app takes at the rate measured here."""
        return PEER / self.rate


@contextmanager
def behind_proxy(data: Path) -> Iterator[tuple[ServerProcess, SlowProxy]]:
    """A server whose origin is the slow link in front of it."""
    port = free_port()
    with SlowProxy(port, bits=BITS, round_trip=ROUND_TRIP) as proxy:
        server = ServerProcess(data, port, ORIGIN=f"http://localhost:{proxy.port}")
        server.origin = f"http://localhost:{proxy.port}"
        server.start()
        try:
            yield server, proxy
        finally:
            server.stop()


def least(awaited: int) -> float:
    """Seconds that `awaited` bytes and the round trips alone take on this link."""
    return awaited / (BITS / 8) + ROUND_TRIPS * ROUND_TRIP


def measure(
    playwright: Playwright, server: ServerProcess, proxy: SlowProxy, folder: Path, runs: int
) -> Openings:
    """`server` runs behind `proxy` with the proxy's address as its origin."""
    found: list[tuple[float, float, int, float, float]] = []
    rates = []
    for run in range(runs):
        device = Device(playwright, folder / f"phone-{run}", f"phone-{run}", PHONE)
        phone = Phone(device, server.origin)
        slow_down(phone.page)
        before = proxy.down.passed
        words, cold = _to_first_question(phone)
        came = proxy.down.passed - before
        draft = phone.page.url
        phone.first_visit()
        rates.append(_rate(proxy))
        server.kill()
        _, offline = _to_first_question(phone)
        again = _reopened(phone, draft)
        device.close()
        server.start()
        found.append((words, cold, came, offline, again))
    columns = list(zip(*found, strict=True))
    return Openings(
        runs=runs,
        words=median(columns[0]),
        cold=median(columns[1]),
        bytes_down=int(median(columns[2])),
        offline=median(columns[3]),
        draft=median(columns[4]),
        rate=median(rates),
    )


def slow_down(page: Page) -> None:
    """Slow the page's processor as the target phone's, and be patient with it."""
    page.set_default_timeout(PATIENCE)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _to_first_question(phone: Phone) -> tuple[float, float]:
    """Seconds until the first screen can be read, and until the first question can be answered."""
    began = time.monotonic()
    phone.page.goto(phone.origin + "/", wait_until="commit")
    start = phone.main.get_by_role("link", name="Làm hồ sơ mới")
    start.wait_for(timeout=PATIENCE)
    words = time.monotonic() - began
    start.click()
    phone.follow(BIRTH)
    phone.press("Bắt đầu làm")
    phone.agree()
    phone.main.get_by_label("Họ, chữ đệm, tên").first.fill("Lò Thị Mẫu")
    phone.main.get_by_label("Nộp ở xã, phường nào?").select_option(label=COMMUNE)
    phone.press("Vào làm hồ sơ")
    _first_question(phone)
    return words, time.monotonic() - began


def _reopened(phone: Phone, draft: str) -> float:
    """Seconds from a draft's address to its question."""
    began = time.monotonic()
    phone.page.goto(draft, wait_until="commit")
    _first_question(phone)
    return time.monotonic() - began


def _first_question(phone: Phone) -> None:
    expect(phone.main.get_by_role("radio").first).to_be_visible(timeout=PATIENCE)
    expect(phone.heading).to_have_text("Bạn là gì của trẻ?", timeout=PATIENCE)


def _rate(proxy: SlowProxy) -> float:
    """Bytes a second of plain downloads over the same link, one connection each."""
    before, began = proxy.down.passed, time.monotonic()
    for _ in range(4):
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=60)
        connection.request("GET", "/openapi.json")
        connection.getresponse().read()
        connection.close()
    return (proxy.down.passed - before) / (time.monotonic() - began)
