"""(e) Forms from cold: from the address of a form until its first question can be answered.

An empty browser profile, the link of `openings` (a proxy before a real server; every connection
shares its rate and costs a round trip of its own), the processor slowed six times. The form is
published and opened by its link, as an author sends it round (`/preview/<digest>`). Beside the time
stands what the wire alone takes: the bytes that had to come before the question, and the round
trips in a row (connection, and the page, which brings all the rest).
"""

import asyncio
import http.client
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, Playwright

from server import settings
from server.database import close_database, open_database
from server.forms.actions import publish
from server.forms.compiler import Compiled
from tests.support.browsers import PHONE, Device
from tests.support.proxy import SlowProxy
from tests.support.server_process import ServerProcess

from . import openings

ROUND_TRIPS = 2
PATIENCE = 60.0
# Notes when a question's box is laid out and painted, and what had come by then.
WATCH = """
const watcher = new MutationObserver(() => {
  if (!document.querySelector("main form input, main form textarea")) return;
  watcher.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const at = performance.now();
      const asked = performance.getEntriesByType("navigation")
        .concat(performance.getEntriesByType("resource"))
        .filter((one) => one.responseEnd > 0 && one.responseEnd <= at)
        .map(({ name, transferSize, requestStart, responseStart, responseEnd }) =>
          ({ name, transferSize, requestStart, responseStart, responseEnd }));
      window.answerable = { at, asked };
    };
    port2.postMessage(0);
  });
});
watcher.observe(document, { subtree: true, childList: true });
"""


@dataclass(frozen=True)
class Cold:
    """Medians of some openings: seconds, and bytes with headers that came before the question."""

    seconds: float
    awaited: int

    @property
    def least(self) -> float:
        """Seconds that those bytes and the fewest round trips take on this link."""
        return self.awaited / (openings.BITS / 8) + ROUND_TRIPS * openings.ROUND_TRIP


def measure(
    playwright: Playwright, folder: Path, forms: Mapping[str, Compiled], runs: int
) -> dict[str, Cold]:
    """Open each form `runs` times with a new profile."""
    data = folder / "cold"
    # The thread that drives the browser has a loop of its own.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, _publish(data, list(forms.values()))).result()
    found: dict[str, Cold] = {}
    with openings.behind_proxy(data) as (server, proxy):
        for at, (name, form) in enumerate(forms.items()):
            _warm(server, form)
            seen = [
                _opened(playwright, folder / f"cold-{at}-{run}", server, proxy, form)
                for run in range(runs)
            ]
            found[name] = Cold(
                median(one["at"] / 1000 for one in seen),
                int(median(_awaited(one["asked"]) for one in seen)),
            )
    return found


async def _publish(data: Path, forms: list[Compiled]) -> None:
    await open_database(settings.read({"HOSO_DATA": str(data)}))
    try:
        for form in forms:
            await publish(form, [], datetime.now(UTC))
    finally:
        await close_database()


def _warm(server: ServerProcess, form: Compiled) -> None:
    """Have the server compress the form's page, which it does once for everybody."""
    first = _size(server, form)
    deadline = time.monotonic() + PATIENCE
    # The first reader is answered quickly, the smallest page is made meanwhile.
    while _size(server, form) == first:
        assert time.monotonic() < deadline, "the page was not made smaller"
        time.sleep(0.1)


def _size(server: ServerProcess, form: Compiled) -> int:
    """Bytes of the form's page as it travels."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", f"/preview/{form.digest}", headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    assert answer.status == 200
    size = len(answer.read())
    connection.close()
    return size


def _opened(
    playwright: Playwright, folder: Path, server: ServerProcess, proxy: SlowProxy, form: Compiled
) -> dict[str, Any]:
    """What the page noted: the moment in milliseconds since navigation, and what had come."""
    device = Device(playwright, folder, folder.name, PHONE)
    try:
        page: Page = device.open()
        openings.slow_down(page)
        page.add_init_script(WATCH)
        page.goto(f"{server.origin}/preview/{form.digest}", wait_until="commit")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            page.wait_for_timeout(250)
            told: dict[str, Any] | None = page.evaluate("window.answerable ?? null")
            if told:
                return told
        raise TimeoutError(f"no question of {form.definition.id}: {device.console}")
    finally:
        device.close()


def _awaited(asked: list[dict[str, Any]]) -> int:
    """Bytes of page, styles, scripts, form and lists."""
    needed = ("/preview/", "/assets/", "/forms/", "/resources/")
    return sum(one["transferSize"] for one in asked if any(part in one["name"] for part in needed))
