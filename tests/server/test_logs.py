"""The server's own log: times in UTC, one entry a line, nothing forged."""

import logging
import logging.config
import re
import sys

from server.logs import Lines, log_configuration


def entry(message: str, *values: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, None) if error else None
    record = logging.LogRecord("hoso", logging.INFO, "x", 1, message, values, exc_info)
    record.created, record.msecs = 1_795_311_123.456, 456.0
    return Lines().format(record)


def test_entry_begins_with_its_time_in_utc() -> None:
    assert entry("refused %s", "x") == "2026-11-22T01:32:03.456Z INFO hoso refused x"


def test_what_comes_from_outside_begins_no_entry() -> None:
    forged = "x\r\n2026-11-22T01:02:03.456Z INFO hoso all is well\x1b[2J\u2028y"
    lines = entry("agent %s", forged, error=ValueError(forged)).splitlines()
    assert [line for line in lines if re.match("2026", line)] == lines[:1]
    assert all(line.startswith("    ") for line in lines[1:])
    assert "\x1b" not in "".join(lines)
    assert "agent x\\x0d" in lines[0]


def test_all_loggers_write_to_the_error_stream_from_the_chosen_level_up() -> None:
    configuration = log_configuration("warning")
    assert configuration["loggers"]["hoso"]["level"] == "WARNING"
    assert configuration["handlers"]["terminal"]["stream"] == "ext://sys.stderr"
    assert sys.stderr is not None
    logging.config.dictConfigClass(configuration)
