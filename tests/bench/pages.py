"""`python -m tests.bench pages`: one dossier with five pages over the worst link (`worst_link`).

The real app in a browser, filled before the link turns bad. Told are the seconds from Send to the
receipt of the text, and the bytes that passed for the pages beside the size of their ciphertext.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright, expect, sync_playwright

from tests.journeys.answers import whole_birth
from tests.journeys.papers import photograph
from tests.journeys.phone import Phone
from tests.support.browsers import PHONE, Device
from tests.support.chromium import find_chromium
from tests.support.server_process import ServerProcess, free_port

from .worst_link import WorstLink

MOST_TO_SIZE = 1.15
LONGEST_TEXT = 15.0
SECONDS = 1_800
TITLES = ("GIẤY CHỨNG SINH", "GIẤY KẾT HÔN", "THẺ CĂN CƯỚC", "MẶT SAU")
LAST_PHOTO = "Chụp mặt sau thẻ căn cước của bạn"


@dataclass(frozen=True)
class Passage:
    """Seconds until the text's receipt and until all is there; bytes."""

    pages: int
    text_seconds: float
    all_seconds: float
    size: int
    sent: int
    text_sent: int
    resets: int

    def table(self) -> str:
        """As Markdown."""
        rows = [
            ("seconds from Send to the text's receipt", f"{self.text_seconds:.1f}", LONGEST_TEXT),
            ("seconds until all pages are there", f"{self.all_seconds:.0f}", ""),
            ("bytes of the pages' ciphertext", f"{self.size:,}", ""),
            ("bytes sent for pages, headers and repeats in", f"{self.sent:,}", ""),
            ("ratio", f"{self.sent / self.size:.3f}", MOST_TO_SIZE),
            ("bytes sent beside (text, news)", f"{self.text_sent:,}", ""),
            ("connections reset", str(self.resets), ""),
        ]
        lines = [f"| {name} | {value} | {limit} |" for name, value, limit in rows]
        head = f"**{self.pages} pages over 20 kbit/s, one request in five reset**"
        return "\n".join([head, "", "| | | limit |", "|---|---:|---:|", *lines])


def main(given: list[str]) -> None:
    """Measure once and print; `given` may hold a seed."""
    seed = int(given[0]) if given else 1
    folder = Path(tempfile.mkdtemp(prefix="hoso-pages-"))
    try:
        with sync_playwright() as playwright:
            print(measure(playwright, folder, seed).table())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(playwright: Playwright, folder: Path, seed: int) -> Passage:
    """Fill, let the link turn bad, press Send, wait until everything is there."""
    expect.set_options(timeout=30_000)
    ServerProcess(folder / "data").command("demo")
    port = free_port()
    with WorstLink(port, seed=seed) as link:
        server = ServerProcess(folder / "data", port, ORIGIN=f"http://localhost:{link.port}")
        server.origin = f"http://localhost:{link.port}"
        server.start()
        device = Device(playwright, folder / "phone", "phone", PHONE)
        try:
            return _passage(playwright, folder, server, device, link)
        finally:
            device.close()
            server.stop()


def _passage(
    playwright: Playwright, folder: Path, server: ServerProcess, device: Device, link: WorstLink
) -> Passage:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
    page = browser.new_page()
    papers = [photograph(page, folder, title, (40, 60, 200), grain=6).path for title in TITLES]
    browser.close()
    phone = Phone(device, server.origin)
    phone.first_visit()
    phone.begin("Giàng A Thử", phone="0912345678")
    phone.fill({**whole_birth(*papers[:3]), LAST_PHOTO: papers[3]})
    link.is_bad = True
    phone.declare_and_send()
    began = time.monotonic()
    expect(phone.heading).to_have_text("Đã gửi xong", timeout=SECONDS * 1000)
    text_seconds = time.monotonic() - began
    while (left := _pages(server)[1]) is None or left > 0:
        assert time.monotonic() - began < SECONDS, "the pages did not come"
        phone.page.wait_for_timeout(500)
    all_seconds = time.monotonic() - began
    count, _, size = _pages(server)
    others = sum(link.up.values()) - link.up["uploads"]
    sent = link.up["uploads"]
    return Passage(count, text_seconds, all_seconds, size, sent, others, link.resets)


def _pages(server: ServerProcess) -> tuple[int, int | None, int]:
    """How many pages there are, how many are still missing, and the bytes of their ciphertext."""
    connection = sqlite3.connect(f"file:{server.data / 'hoso.db'}?mode=ro", uri=True)
    try:
        count, left = connection.execute(
            "select count(*), sum(received_at is null) from dossier_page"
        ).fetchone()
        (size,) = connection.execute("select total(length) from expected_page").fetchone()
    finally:
        connection.close()
    return count, left, int(size)
