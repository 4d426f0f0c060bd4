"""When a dossier is due: working days counted from its own history (pure).

Days are legal days in Vietnam. The day of acceptance is day 0; what comes in after office hours or
on a day off counts from the next working morning. Same-day procedures received after 15:00 are due
the next working day (Decree 23/2015 art. 7). Time between asking for a supplement and getting it is
not counted. Given the same events and calendar the answer is always the same, so history can be
replayed when the calendar is corrected.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from ..clock import local
from .working_days import Calendar

SAME_DAY_UNTIL = time(15, 0)


@dataclass(frozen=True, slots=True)
class Limit:
    """A procedure's time limit: `unit` is `same_day` or `working_day`; `value` in working days."""

    unit: str
    value: float | None


def due_on(limit: Limit, history: Iterable[tuple[str, datetime]], working: Calendar) -> date | None:
    """The day the result is due, from (event name, time) pairs in order.

    None before acceptance, while a supplement is awaited, and when the procedure sets no limit.
    """
    due: date | None = None
    paused: date | None = None
    for name, at in history:
        if name == "dossier.received":
            due = first_due(limit, at, working)
        elif name == "dossier.supplement_requested":
            paused = local(at).date()
        elif name == "dossier.supplemented":
            if due is not None and paused is not None:
                due = working.after(due, working.between(paused, working.counted(at)))
            paused = None
    return None if paused is not None else due


def first_due(limit: Limit, accepted: datetime, working: Calendar) -> date | None:
    """The due day at acceptance, before any pause."""
    start = working.counted(accepted)
    if limit.unit == "same_day":
        is_late = start == local(accepted).date() and local(accepted).time() >= SAME_DAY_UNTIL
        return working.next_working(start) if is_late else start
    if limit.value is None:
        return None
    # Half a working day, where the law says so, ends with the next working day at the latest.
    return working.after(start, math.ceil(limit.value))
