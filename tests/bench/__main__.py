"""`python -m tests.bench [--runs N] [--write]`: measure and print; `--write` keeps the figures.

`python -m tests.bench NAME` measures one thing alone: `throughput` the server, `storm` a thousand
phones at once, `growth` a server with a million dossiers, `forms` how fast forms are, `pages` what
pages cost on the worst link, `unlock` how long a lock takes and what it is worth.

Figures go into docs/performance.md between its two marks, with the machine and the day. Nothing
else should run on the machine meanwhile.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from server.settings import ROOT
from tests.support.server_process import ServerProcess

from . import forms, growth, openings, pages, parcels, storm, throughput, unlock, weights

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
PROCEDURE = "1.001193"
# Measured by themselves when they are named first.
ALONE: dict[str, Callable[[list[str]], None]] = {
    "throughput": throughput.main,
    "storm": storm.main,
    "growth": growth.main,
    "pages": pages.main,
    "unlock": unlock.main,
    "forms": forms.main,
}


def main() -> None:
    """Measure everything, or the one thing that is named."""
    if alone := ALONE.get("".join(sys.argv[1:2])):
        alone(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="openings measured; the median counts")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hoso-bench-"))
    try:
        tables = measured(folder, given.runs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tables)
    if given.write:
        text = PAGE.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        tail = rest.partition(END)[2]
        PAGE.write_text(f"{head}{BEGIN}\n{tables}\n{END}{tail}", "utf-8")


def measured(folder: Path, runs: int) -> str:
    """The tables as Markdown."""
    load = os.getloadavg()[0]
    print("making the demonstration…", flush=True)
    made = folder / "demonstration"
    ServerProcess(made).command("demo")
    plain = ServerProcess(Path(shutil.copytree(made, folder / "plain")))
    slow = Path(shutil.copytree(made, folder / "slow"))
    with sync_playwright() as playwright:
        plain.start()
        try:
            parts = weights.parts(plain, PROCEDURE)
            print("sending one dossier…", flush=True)
            parcel = parcels.measure(playwright, plain, folder)
        finally:
            plain.stop()
        print(f"opening the app {runs} times…", flush=True)
        with openings.behind_proxy(slow) as (server, proxy):
            opened = openings.measure(playwright, server, proxy, folder, runs)
    sent = [_parcel(parcel), parcels.idle_table(parcel)]
    return "\n\n".join([_where(load), _weights(parts), _openings(opened, parts), *sent])


def _where(load: float) -> str:
    """Machine and day; a load well above zero says that the seconds are too many."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} × {cpu}, {platform.system()}, "
        f"Python {platform.python_version()}; load when it began {load:.1f}."
    )


def _weights(parts: list[weights.Part]) -> str:
    total = sum(part.compressed for part in parts)
    lines = [f"| {p.name} | {p.compressed:,} | {p.plain:,} |" for p in parts]
    lines += [
        f"| **together** | **{total:,}** | **{sum(p.plain for p in parts):,}** |",
        f"| limit | {weights.LIMIT:,} | |",
        f"| ratio to the limit | {total / weights.LIMIT:.2f} | |",
    ]
    return _table(
        "What must come before birth registration can be filled and sent (bytes)",
        ["part", "compressed", "plain"],
        lines,
    )


def _openings(found: openings.Openings, parts: list[weights.Part]) -> str:
    awaited = sum(part.compressed for part in parts if part.is_awaited)
    rows = [
        ("cold: first screen can be read", found.words),
        ("cold: first question can be answered", found.cold),
        (f"limit: {awaited:,} bytes and the round trips on this wire", openings.least(awaited)),
        ("peer: plain download of a 9 MB app on this wire", found.peer),
        ("warm, offline: from home to the first question", found.offline),
        ("warm, offline: a draft opened at its question", found.draft),
    ]
    lines = [f"| {name} | {seconds:.2f} | {seconds / found.cold:.2f} |" for name, seconds in rows]
    return _table(
        f"From navigation, at {openings.BITS // 1000} kbit/s, {openings.ROUND_TRIP * 1000:.0f} ms, "
        f"CPU ×{openings.SLOWER}; medians of {found.runs}; "
        f"{found.bytes_down:,} bytes came down before the first question",
        ["", "seconds", "to cold"],
        lines,
    )


def _parcel(found: parcels.Parcel) -> str:
    rows = [
        ("payload as plain JSON", found.payload),
        ("sealed envelope (base64url)", found.sealed),
        ("request with headers", found.sent),
        ("answer with headers (receipt, changes)", found.came_back),
        ("whole exchange", found.exchange),
        ("same answers as plain multipart, request alone", found.multipart),
    ]
    lines = [f"| {name} | {size:,} | {size / parcels.LIMIT:.2f} |" for name, size in rows]
    return _table(
        f"One dossier of {found.answers} answers without photos (bytes; limit {parcels.LIMIT:,})",
        ["", "bytes", "to the limit"],
        lines,
    )


def _table(title: str, heads: list[str], lines: list[str]) -> str:
    rule = "|".join(["---", *("---:" for _ in heads[1:])])
    return "\n".join([f"**{title}**", "", f"| {' | '.join(heads)} |", f"|{rule}|", *lines])


if __name__ == "__main__":
    main()
