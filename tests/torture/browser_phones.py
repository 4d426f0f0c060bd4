"""A phone in the torture: a real browser with the real app, and everything that may befall it.

`submit` is a person's Send. It tells whether the phone said that it holds the submission; where it
died before it could say so, nobody knows, and the model allows both.
"""

from __future__ import annotations

import base64
import contextlib
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Error, Page, Playwright

from tests.journeys.answers import Answers, Day
from tests.journeys.phone import Phone
from tests.support.browsers import PHONE, Device

MOVE_CLOCK = """shift => {
  const Real = Date, now = () => Real.now() + shift;
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(now()); }
    static now() { return now(); }
  };
}"""
NO_NETWORK = {
    "offline": True,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
}
DRAW = """() => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [600, 800];
  canvas.getContext('2d').fillRect(50, 50, 300, 200);
  return canvas.toDataURL('image/jpeg').split(',')[1];
}"""
VERSION = "() => document.querySelector('meta[name=hoso-build]').content"
# What a person sees when the phone is full: nothing more can be written.
FULL = 1


@dataclass
class Sent:
    """One submission. `is_sure`: the phone said that it holds it."""

    dossier: str
    name: str
    pages: int
    phone: str
    is_sure: bool = False
    # Why the phone did not take it, in its own words.
    refusal: str = ""


class TorturedPhone:
    """One browser profile with the app open in it."""

    def __init__(
        self, playwright: Playwright, folder: Path, name: str, origin: str, script: str, form: str
    ) -> None:
        self.name = name
        self.device = Device(playwright, folder / name, name, PHONE)
        self.phone = Phone(self.device, origin)
        self.sent: list[Sent] = []
        # Versions of the app that took a submission.
        self.versions: set[str] = set()
        self._script, self._form = script, form
        self._offline: CDPSession | None = None

    @property
    def page(self) -> Page:
        """The open tab."""
        return self.phone.page

    def plan(self, chance: random.Random) -> dict[str, Any]:
        """A new submission with one or two small photos."""
        sizes = [chance.randint(6_000, 40_000) for _ in range(chance.randint(1, 2))]
        return {
            "dossier": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "procedure": "1.001193",
            "commune": "02683",
            "form": self._form,
            "name": f"Giàng A Thử {chance.randrange(10**6)}",
            "photos": dict(zip(("chung_sinh", "ket_hon"), sizes, strict=False)),
        }

    def submit(self, plan: dict[str, Any], befalls: Callable[[], None] | None = None) -> Sent:
        """Send it; with `befalls` that happens right after, before anything is heard of it."""
        sent = Sent(plan["dossier"], plan["name"], len(plan["photos"]), self.name)
        self.sent.append(sent)
        if befalls:
            with contextlib.suppress(Error):
                self._call("plan => { torture.submit(plan).catch(() => 0); }", plan)
            befalls()
            return sent
        try:
            version: str = self._call(VERSION, None)
            told = self._call(
                "plan => torture.submit(plan).then(() => '', fault => String(fault))", plan
            )
            sent.is_sure = told == ""
            self.versions.add(version)
            sent.refusal = told
        except Error:
            # The page was loaded anew under it: nobody heard.
            pass
        return sent

    def fill_by_hand(self, name: str) -> Sent:
        """The whole way over the screens, with a photo chosen from the phone's pictures."""
        known = {row["dossier"] for row in self.journal()}
        picture = self.device.folder.with_suffix(".jpg")
        drawn: str = self.page.evaluate(DRAW)
        picture.write_bytes(base64.b64decode(drawn))
        self.phone.begin(name, "Thử")
        day = Day(date(2001, 2, 3))
        answers: Answers = {"Họ tên": name, "Ngày sinh": day, "Giấy chứng sinh": picture}
        self.phone.fill(answers)
        self.phone.declare_and_send()
        (row,) = (row for row in self.journal() if row["dossier"] not in known)
        sent = Sent(row["dossier"], name, row["pages"], self.name, is_sure=True)
        self.sent.append(sent)
        return sent

    def journal(self) -> list[dict[str, Any]]:
        """What the phone itself holds."""
        told: list[dict[str, Any]] = self._call("() => torture.journal()", None)
        return told

    def kill(self) -> None:
        """The battery is pulled, and put back."""
        self.device.kill()
        self.phone.page = self.device.open()
        self.visit()

    def visit(self) -> None:
        """Open the app, or load it again, whatever the network is like."""
        for _ in range(3):
            with contextlib.suppress(Error):
                self.page.goto(self.phone.origin + "/", wait_until="domcontentloaded")
                return

    def stop_worker(self) -> None:
        """The browser ends the worker to save memory."""
        with self._cdp() as cdp:
            cdp.send("ServiceWorker.enable")
            cdp.send("ServiceWorker.stopAllWorkers")

    def set_offline(self, is_offline: bool) -> None:
        """Flight mode for the page, until the tab ends; the worker may know more."""
        with contextlib.suppress(Error):
            session, self._offline = self._offline, None
            if session:
                session.detach()
            if is_offline:
                self._offline = self.device.context.new_cdp_session(self.page)
                self._offline.send("Network.enable")
                self._offline.send("Network.emulateNetworkConditions", NO_NETWORK)

    def move_clock(self, milliseconds: int) -> None:
        """Somebody sets the clock; it is right again after the next load."""
        with contextlib.suppress(Error):
            self.page.evaluate(MOVE_CLOCK, milliseconds)

    def submit_when_full(self, plan: dict[str, Any]) -> Sent:
        """Send while the browser gives no more room, then make room.

        How much is left is counted when a browser starts, so it starts full.
        """
        self.device.close()
        self.phone.page = self.device.open()
        cdp = self.device.context.new_cdp_session(self.page)
        origin = self.phone.origin
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": FULL})
        try:
            self.visit()
            return self.submit(plan)
        finally:
            with contextlib.suppress(Error):
                cdp.detach()
            self.device.close()
            self.phone.page = self.device.open()
            self.visit()

    def second_tab(self) -> None:
        """The app is opened once more beside itself, and one of the two is closed."""
        with contextlib.suppress(Error):
            other = self.device.context.new_page()
            other.goto(self.phone.origin + "/dossiers", wait_until="domcontentloaded")
            self.page.close()
            self.phone.page = other

    def take_update(self) -> None:
        """Whatever new version waits takes over now, as if the person had agreed."""
        with contextlib.suppress(Error):
            self.page.evaluate(
                """async () => {
                  const at = await navigator.serviceWorker.getRegistration();
                  await at.update().catch(() => 0);
                  if (at.waiting) at.waiting.postMessage({ type: 'SKIP_WAITING' });
                }"""
            )

    def _call(self, call: str, given: Any) -> Any:
        """Run in the page, with the script of this torture in place."""
        if not self.page.evaluate("() => 'torture' in window"):
            self.page.evaluate(self._script)
        return self.page.evaluate(call, given)

    @contextlib.contextmanager
    def _cdp(self) -> Any:
        with contextlib.suppress(Error):
            session = self.device.context.new_cdp_session(self.page)
            yield session
            session.detach()
