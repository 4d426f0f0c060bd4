"""Chromium as people have it: one profile per device, which outlives being killed.

A `Device` is a browser with its own folder. `kill` ends every process of it at once, as pulling the
battery does; `open` starts the same profile again. What its pages write on the console is kept, and
so is every error nobody caught: a journey fails on those.
"""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Playwright

from .chromium import find_chromium

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


class Device:
    """One browser profile. `shape` is PHONE or DESK."""

    def __init__(
        self, playwright: Playwright, folder: Path, name: str, shape: dict[str, Any]
    ) -> None:
        self._playwright = playwright
        self.folder = folder
        self.name = name
        self._shape = shape
        # More of the browser's own switches, from its next start on.
        self.switches: list[str] = []
        self._context: BrowserContext | None = None
        self.console: list[str] = []
        self.uncaught: list[str] = []

    @property
    def context(self) -> BrowserContext:
        """The running browser. Raises when it is not running."""
        if self._context is None:
            raise RuntimeError(f"{self.name} is not running")
        return self._context

    @property
    def pages(self) -> list[Page]:
        """Pages open now; none when the browser is not running."""
        return self._context.pages if self._context else []

    def open(self) -> Page:
        """Start the browser on its profile; its one empty page."""
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=find_chromium(),
            # A camera and a microphone that show and hear nobody.
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--use-fake-device-for-media-stream",
                *self.switches,
            ],
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            **self._shape,
        )
        self._context.set_default_timeout(10_000)
        self._context.on("console", self._hear)
        self._context.on(
            "weberror", lambda error: self.uncaught.append(f"{self.name}: {error.error}")
        )
        return self._context.pages[0] if self._context.pages else self._context.new_page()

    def close(self) -> None:
        """End it in good order; does nothing when it is not running."""
        context, self._context = self._context, None
        if context is not None:
            with contextlib.suppress(Error):
                context.close()

    def kill(self) -> None:
        """SIGKILL to the whole process group, then wait until none is left."""
        self._context = None
        pids = self._processes()
        if not pids:
            raise RuntimeError(f"{self.name}: no process to kill")
        for group in {os.getpgid(pid) for pid in pids} - {os.getpgrp()}:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while self._processes():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} did not die")
            time.sleep(0.05)
        # What a crash leaves behind, and what the next start would ask a person about.
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / name).unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """The browser's own process: the one that was started on this folder."""
        wanted = f"--user-data-dir={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                if wanted in words and state != "Z":
                    found.append(int(entry.name))
        return found

    def _hear(self, message: ConsoleMessage) -> None:
        self.console.append(f"[{message.type}] {message.text}")
