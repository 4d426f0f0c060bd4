"""The `backup`, `restore` and `doctor` commands: what keeps an installation's data safe."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import msgspec

from .backup import back_up, restore
from .clock import SystemClock
from .database import close_database, connect
from .doctor.examination import examine
from .settings import Settings


class Examined(Exception):
    """The doctor found faults; the report was given."""


def add_data_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    backup = commands.add_parser("backup", help="copy database, keys and pages while serving")
    backup.add_argument("folder", type=Path, help="a new folder, or the one of the last backup")
    backup.add_argument("--without-keys", action="store_true", help="keys are kept elsewhere")
    backup.set_defaults(command=run_backup)

    back = commands.add_parser("restore", help="bring a backup into an empty installation")
    back.add_argument("folder", type=Path)
    back.set_defaults(command=run_restore)

    doctor = commands.add_parser("doctor", help="check that all data is there and fits together")
    doctor.add_argument(
        "--thorough", action="store_true", help="read every page, try every receipt"
    )
    doctor.add_argument("--json", action="store_true", help="the findings as JSON")
    doctor.set_defaults(command=run_doctor)


async def run_backup(given: argparse.Namespace, settings: Settings) -> None:
    """`backup`. The database is copied as it is: nothing is migrated."""
    try:
        await connect(settings)
        now = SystemClock().now()
        await back_up(settings, given.folder, now, Steps(), with_keys=not given.without_keys)
    finally:
        await close_database()
    print(f"The backup in {given.folder} is complete.")


async def run_restore(given: argparse.Namespace, settings: Settings) -> None:
    """`restore`."""
    about = await restore(settings, given.folder, Steps())
    print(f"Restored the backup of {about['madeAt']}. Start the server, then run `hoso doctor`.")
    if not about["keys"]:
        print(f"It held no keys: put them into {settings.keys} before the server starts.")


async def run_doctor(given: argparse.Namespace, settings: Settings) -> None:
    """`doctor`. Raises `Examined` when there are faults."""
    steps = Steps(is_quiet=given.json)
    found = await examine(settings, SystemClock().now(), steps, is_thorough=given.thorough)
    if given.json:
        print(msgspec.json.encode(found).decode())
    else:
        for finding in found:
            print(finding)
        faults = sum(finding.level == "fault" for finding in found)
        print("No faults found." if not faults else f"{faults} faults found.")
    if any(finding.level == "fault" for finding in found):
        raise Examined


class Steps:
    """Tells how far long work has come, on the error stream: a line that moves, or now and then."""

    INTERVAL = 5.0

    def __init__(self, *, is_quiet: bool = False) -> None:
        self._is_quiet = is_quiet
        self._is_moving = sys.stderr.isatty()
        self._told = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """`done` of `total` pieces of `what`."""
        is_end = done >= total
        is_due = self._is_moving or is_end or time.monotonic() - self._told > self.INTERVAL
        if self._is_quiet or not is_due:
            return
        self._told = time.monotonic()
        end = "\n" if is_end or not self._is_moving else ""
        start = "\r" if self._is_moving else ""
        print(f"{start}{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)
