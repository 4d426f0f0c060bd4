"""How the server's own log reads: one line an entry on the error stream, with its time in UTC.

    2026-11-22T01:02:03.456Z INFO hoso.refusals refused sign-in-refused: POST /identity/logins …

Nothing that came from outside can begin an entry: control characters are written as escapes, and
the further lines of an entry (where an exception came from) are indented.
"""

from __future__ import annotations

import logging
import re
import time
from typing import Any

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Lines(logging.Formatter):
    """Time, level, logger, words; all that belongs to one entry hangs below its first line."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The entry, without a line end."""
        text = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", super().format(record))
        return text.replace("\n", "\n    ")


def log_configuration(level: str) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes: everything to the error stream, from `level` up."""
    own = {"handlers": ["terminal"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines}},
        "handlers": {
            "terminal": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {"hoso": own, "uvicorn": own},
    }
