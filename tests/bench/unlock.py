"""(g) How long a lock takes to open, what a stolen copy costs its thief, what signing in costs.

`python -m tests.bench unlock`. The app's own screens are pressed in Chromium; the time is the
processor's, of all the browser's pages and workers together, times six: waiting for a turn on a
shared machine is not in it. The thief guesses with OpenSSL's Argon2id, one processor, at the cost
this machine's phone chose for itself and at the least that any phone uses.
"""

import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from playwright.sync_api import Page, Request, expect, sync_playwright

from tests.journeys.phone import Phone
from tests.journeys.test_passkeys import enrolment_link, give_authenticator
from tests.journeys.test_two_communes import sign_in_by_code
from tests.support.browsers import PHONE, Device
from tests.support.server_process import ServerProcess

SLOWER = 6
RUNS = 5
PIN = "739154"
LEAST = (19 * 1024, 2)
LIMITS = {"PIN": 2.0, "passkey": 0.3}
FAST_CLOCK = f"""
const passed = performance.now.bind(performance);
performance.now = () => passed() * {SLOWER};
"""
COST = """async () => {
  const names = (await indexedDB.databases()).map(({name}) => name);
  const name = names.find((one) => one.startsWith('hoso.person.'));
  const open = indexedDB.open(name);
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const asked = db.transaction('meta').objectStore('meta').get('vault');
  const row = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return [row.wraps[0].memory, row.wraps[0].passes];
}"""


@dataclass
class Traffic:
    """What went over the wire to sign in."""

    requests: list[str] = field(default_factory=list)
    sent: int = 0
    received: int = 0

    def watch(self, page: Page) -> None:
        """Count every request to the server's identity and sync addresses."""
        page.on("requestfinished", self._count)

    def _count(self, request: Request) -> None:
        path = re.sub(r"^https?://[^/]+", "", request.url)
        if path.startswith("/identity/"):
            sizes = request.sizes()
            self.requests.append(f"{request.method} {path.split('?')[0]}")
            self.sent += sizes["requestHeadersSize"] + sizes["requestBodySize"]
            self.received += sizes["responseHeadersSize"] + sizes["responseBodySize"]


def main(_: list[str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="hoso-bench-") as name, sync_playwright() as playwright:
        folder = Path(name)
        server = ServerProcess(folder / "data")
        server.command("demo")
        server.start()
        try:
            by_pin = Phone(Device(playwright, folder / "pin", "pin", PHONE), server.origin)
            # By a clock that runs so much faster it chooses the cost of a phone so much slower.
            by_pin.page.add_init_script(FAST_CLOCK)
            signing = Traffic()
            signing.watch(by_pin.page)
            by_pin.first_visit()
            sign_in_by_code(by_pin, server, "can-bo-thon", PIN)
            _tell_traffic("code", signing)
            memory, passes = by_pin.page.evaluate(COST)
            _tell_unlock("PIN", [_unlocked(by_pin, by_pin_once) for _ in range(RUNS)])
            by_pin.device.close()

            by_key = Phone(Device(playwright, folder / "key", "key", PHONE), server.origin)
            give_authenticator(by_key.page)
            signing = Traffic()
            signing.watch(by_key.page)
            by_key.visit(enrolment_link(server, "can-bo-thon"))
            by_key.press("Tạo khóa trên máy này")
            expect(by_key.heading).to_have_text("Xin chào Giàng A Thử")
            _tell_traffic("enrolment by passkey", signing)
            _tell_unlock("passkey", [_unlocked(by_key, by_passkey_once) for _ in range(RUNS)])
            by_key.device.close()
        finally:
            server.stop()
    for told, cost in (("this machine's choice", (memory, passes)), ("the least", LEAST)):
        _tell_guesses(told, *cost)


def by_pin_once(phone: Phone) -> None:
    """Type the PIN and press."""
    phone.unlock(PIN)


def by_passkey_once(phone: Phone) -> None:
    """Press; the authenticator answers at once."""
    phone.page.evaluate(
        "[...document.querySelectorAll('main button')]"
        ".find((one) => one.textContent.includes('Mở bằng vân tay')).click()"
    )


def _unlocked(phone: Phone, unlock: Any) -> float:
    """Processor seconds from pressing to the open screen, of all processes of the pages."""
    phone.page.get_by_role("banner").get_by_role("link", name="Cài đặt").click()
    phone.press("Khóa ngay")
    expect(phone.main.get_by_role("region", name="Đang chờ gửi")).to_be_visible()
    phone.page.wait_for_timeout(1_000)
    began = _processor_time(phone.device.folder)
    unlock(phone)
    # Looking for a heading by its role is dear; the page is asked as cheaply as can be.
    phone.page.locator("main h2", has_text="Khóa máy").wait_for()
    return _processor_time(phone.device.folder) - began


def _processor_time(folder: Path) -> float:
    """Seconds that the renderer processes of the profile have used so far."""
    total = 0.0
    browsers = {pid for pid, words in _processes() if f"--user-data-dir={folder}".encode() in words}
    for pid, words in _processes():
        if any(b"--type=renderer" in word for word in words) and _ancestors(pid) & browsers:
            # The clock of another process's processor time, ended threads included (Linux).
            total += time.clock_gettime((~pid << 3) | 2)
    return total


def _processes() -> list[tuple[int, list[bytes]]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.append((int(entry.name), (entry / "cmdline").read_bytes().split(b"\0")))
            except OSError:
                continue
    return found


def _ancestors(pid: int) -> set[int]:
    found = set()
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            break
        found.add(pid)
    return found


def _tell_unlock(by: str, seconds: list[float]) -> None:
    slowed = median(seconds) * SLOWER
    print(f"unlock by {by}: {slowed:.2f} s of processor time at CPU ×6 (limit {LIMITS[by]} s)")


def _tell_traffic(by: str, traffic: Traffic) -> None:
    trips = len(traffic.requests)
    print(
        f"signing in, {by}: {trips} round trips, {traffic.sent} bytes up, {traffic.received} down"
    )
    for request in traffic.requests:
        print(f"  {request}")


def _tell_guesses(told: str, memory: int, passes: int) -> None:
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        guess = Argon2id(salt=b"0" * 16, length=32, iterations=passes, lanes=1, memory_cost=memory)
        guess.derive(PIN.encode())
        took.append(time.process_time() - began)
    rate = 1 / median(took)
    hours = 10**6 / rate / 3600
    print(
        f"guesses, {told} ({memory // 1024} MiB, {passes} passes): {rate:.1f} a second and core; "
        f"all six-digit PINs {hours:.0f} core-hours, all of ten digits {hours * 10**4 / 8766:.0f} "
        "core-years"
    )
