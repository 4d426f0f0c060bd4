"""Now and today.

Legal time is the server's, counted in Vietnam's zone; tests pass a fixed clock instead.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Where time comes from; `now` is always aware and in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class FixedClock:
    """A clock for tests: stands still until moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The present moment."""
        return self.at

    def move(self, step: timedelta) -> None:
        """Move forward (or back, with a negative step)."""
        self.at += step


def local(moment: datetime) -> datetime:
    """The same moment as read from a wall clock in Vietnam."""
    return moment.astimezone(ZONE)


def legal_day(moment: datetime) -> date:
    """The calendar day in Vietnam."""
    return local(moment).date()


def iso(moment: datetime) -> str:
    """`2026-11-22T01:02:03Z`, the form of every time that leaves the server."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


# A mutation's own time is asked for at several places on its way.
@functools.lru_cache(maxsize=1_024)
def parse(text: str) -> datetime:
    """The moment of an ISO 8601 text with a zone. Raises `ValueError`."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00") if text.endswith("Z") else text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(UTC)
