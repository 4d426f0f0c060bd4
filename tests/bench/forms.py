"""`python -m tests.bench forms [--runs N] [--work] [--write]`: how fast forms are.

Figures go into docs/performance.md between two marks of their own. Nothing else should run on the
machine meanwhile: where something does, the waiting for its turn is part of every figure.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import sync_playwright

from server.settings import ROOT

from . import forms_browser, forms_cold, forms_made, forms_server, openings
from .forms_browser import Run
from .forms_cold import Cold

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- form figures -->", "<!-- end of form figures -->"
OPEN_LIMIT = 100.0
ANSWER_LIMIT = 16.0
CODE_LIMIT = 30 * 1024
PEOPLE = {"household 12 × 15": forms_made.PEOPLE}


def main(words: list[str]) -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench forms", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="openings measured; the median counts")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/")
    parser.add_argument("--work", action="store_true", help="processor time, on a shared machine")
    given = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="hoso-forms-"))
    try:
        tables = measured(folder, given.runs, is_wall=not given.work)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(tables)
    if given.write:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n{tables}\n{END}{rest.partition(END)[2]}", "utf-8")


def measured(folder: Path, runs: int, *, is_wall: bool) -> str:
    """The tables as Markdown."""
    forms_browser.bundle(folder)
    found: dict[str, Run] = {}
    load = os.getloadavg()[0]
    forms = {name: forms_made.compiled(name) for name in forms_made.names()}
    with sync_playwright() as playwright:
        for name, form in forms.items():
            print(f"filling {name}…", flush=True)
            people = PEOPLE.get(name, 0)
            found[name] = forms_browser.measure(
                playwright, folder, form, people=people, runs=runs, is_wall=is_wall
            )
        print("opening each from cold…", flush=True)
        cold = forms_cold.measure(playwright, folder, forms, runs)
    print("validating and compiling…", flush=True)
    cost = forms_server.measure()
    where = (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {os.cpu_count()} processors, load "
        f"{load:.1f} before it began; Chromium, 360 × 640; {_clock(found, is_wall=is_wall)}."
    )
    tables = [_speed(found, is_wall=is_wall), _cold(cold), _code(folder), _server(cost)]
    return "\n\n".join([where, *tables])


def _clock(found: dict[str, Run], *, is_wall: bool) -> str:
    slower = forms_browser.SLOWER
    if is_wall:
        slowed = ", ".join(f"{one.slowed:.1f}" for one in found.values())
        return f"CPU ×{slower} (a loop: ×{slowed}), from the key to the page laid out"
    return f"processor time of script, style and layout, ×{slower}"


def _speed(found: dict[str, Run], *, is_wall: bool) -> str:
    part = "settled" if is_wall else "stored"
    what = (
        "text in memory → first page laid out" if is_wall else "from the store, first page laid out"
    )
    rows: list[tuple[str, Callable[[Run], float | None]]] = [
        (f"open: {what}", lambda r: r.opened[part]),
        (f"— ratio to {OPEN_LIMIT:.0f} ms", lambda r: r.opened[part] / OPEN_LIMIT),
        ("answer → settled, p50", lambda r: r.share("answer", 50)),
        ("answer → settled, p95", lambda r: r.share("answer", 95)),
        (
            f"— ratio to {ANSWER_LIMIT:.0f} ms",
            lambda r: (r.share("answer", 95) or 0) / ANSWER_LIMIT,
        ),
        ("— a letter in a box with nothing behind it, p50", lambda r: r.share("bare", 50)),
        ("next page, p50", lambda r: r.share("move", 50)),
        ("next page, p95", lambda r: r.share("move", 95)),
        ("a letter in a list's search, p95", lambda r: r.share("search", 95)),
        ("add an entry, p50", lambda r: r.share("add", 50)),
        (
            "— what the list made ready before, in idle moments, p50",
            lambda r: r.share("add, before", 50),
        ),
        (
            "— then what lies below the screen's edge, and the address, p50",
            lambda r: r.share("add, later", 50),
        ),
        ("heap after it, MB", lambda r: r.heap / 1e6),
        ("elements on the last page", lambda r: float(r.nodes)),
        ("answers given", lambda r: float(len(r.inputs.get("answer", [])))),
    ]
    lines = []
    for name, read in rows:
        values = [read(one) for one in found.values()]
        lines.append(f"| {name} | {' | '.join(_number(value) for value in values)} |")
    lines += [
        "| *peer, carried:* Enketo, warm → first answerable question, s | 1.2 | 2.7 | 1.7 | 3.0 |",
        "| *peer, carried:* ODK Web Forms, the same, s | 3.5 | 7.1 | 5.5 | 13.7 |",
        "| *peers, carried:* answer → settled, p95 | 55–343 | 55–343 | 55–343 | 284–574 |",
        "| *peers, carried:* add an entry, p50 | – | – | 190–446 | – |",
    ]
    heads = ["milliseconds", *found]
    return _table("Forms in the browser", heads, lines)


def _cold(found: dict[str, Cold]) -> str:
    rows: list[tuple[str, Callable[[Cold], float]]] = [
        ("navigation → first question can be answered, s", lambda one: one.seconds),
        ("the wire alone, s", lambda one: one.least),
        ("— ratio to the wire", lambda one: one.seconds / one.least),
    ]
    lines = [
        f"| {name} | {' | '.join(f'{read(one):.2f}' for one in found.values())} |"
        for name, read in rows
    ]
    lines.append(f"| bytes awaited | {' | '.join(f'{one.awaited:,}' for one in found.values())} |")
    lines += [
        "| *peer, carried:* Enketo, s | 5.1–6.8 | 5.1–6.8 | 5.1–6.8 | 5.1–6.8 |",
        "| *peer, carried:* ODK Web Forms, s | 24–36 | 24–36 | 24–36 | 24–36 |",
    ]
    link = f"{openings.BITS // 1000} kbit/s, {openings.ROUND_TRIP * 1000:.0f} ms"
    title = f"From cold by the form's link, at {link}, CPU ×{openings.SLOWER}"
    return _table(title, ["", *found], lines)


def _code(folder: Path) -> str:
    parts = [
        ("engine", "pwa/forms/engine/index.ts"),
        ("engine and renderer, with Preact", "tests/bench/forms-code.ts"),
    ]
    lines = []
    for name, entry in parts:
        script = forms_browser.joined(folder / Path(entry).stem, ROOT / entry)
        size = len(brotli.compress(script.read_bytes()))
        lines.append(f"| {name} | {size:,} | {size / CODE_LIMIT:.2f} |")
    lines += ["| *peer, carried:* Enketo | 156,672 | 5.10 |"]
    lines += ["| *peer, carried:* ODK Web Forms | 1,033,216 | 33.63 |"]
    return _table(f"Code, brotli (limit {CODE_LIMIT:,})", ["", "bytes", "to the limit"], lines)


def _server(cost: forms_server.Cost) -> str:
    rows = [
        (f"validate {cost.answers} answers", cost.validated, forms_server.VALIDATE_LIMIT),
        ("compile the form of 500 questions", cost.compiled, forms_server.COMPILE_LIMIT),
    ]
    lines = [f"| {name} | {took:.2f} | {took / limit:.2f} |" for name, took, limit in rows]
    return _table("Forms on the server", ["", "ms of processor", "to the limit"], lines)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def _table(title: str, heads: list[str], lines: list[str]) -> str:
    rule = "|".join(["---", *("---:" for _ in heads[1:])])
    return "\n".join([f"**{title}**", "", f"| {' | '.join(heads)} |", f"|{rule}|", *lines])
