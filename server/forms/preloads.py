"""What `jr:preload` puts into a question when a form is opened for the first time."""

from __future__ import annotations

from .context import Run
from .moments import Moment


def preloaded(run: Run, kind: str, parameter: str, value: str) -> str:
    """Return the preloaded value, or the value that is there if nothing is known to preload.

    Device properties (`property`, `patient`) stay empty: the phone does not tell who owns it.
    """
    if kind == "uid":
        return "uuid:" + run.uuid()
    if kind == "timestamp" and parameter != "end":
        return written(run.now())
    if kind == "date" and parameter == "today":
        local = run.now().local()
        return f"{local:%Y-%m-%d}" if local else value
    return value


def written(moment: Moment) -> str:
    """Write a moment with time and offset, even when it is midnight."""
    text = str(moment)
    local = moment.local()
    if "T" in text or local is None:
        return text
    offset = f"{local:%z}"
    return f"{text}T00:00:00.000{offset[:3]}:{offset[3:]}"
