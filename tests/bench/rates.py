"""Rates of a server and how they are told: the tables in docs/performance.md."""

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from server.settings import ROOT

from .storage import Step

PAGE = ROOT / "docs" / "performance.md"
# Milliseconds that a slow disk adds to every fsync.
SLOWER = 5.0


@dataclass(frozen=True)
class Result:
    """One line: `rate` by the clock and `by_core` by the processor, in dossiers a second."""

    callers: int
    batch: int
    rate: float
    by_core: float
    p99: float


@dataclass(frozen=True)
class Measured:
    """One database: its lines, the raw driver's rate by batch, an empty endpoint's, and MiB; the
    storage step alone, and some lines again on a slow disk.
    """

    name: str
    results: list[Result]
    ceilings: dict[int, float]
    bare: float
    memory: float
    steps: list[Step] = field(default_factory=list)
    slow: "Measured | None" = None


def keep(page: Path, name: str, tables: str, *, is_written: bool) -> None:
    """Print the figures; with `is_written` they take the place of those between the marks."""
    print(tables)
    if is_written:
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        head, _, rest = page.read_text("utf-8").partition(begin)
        page.write_text(f"{head}{begin}\n{tables}\n{end}{rest.partition(end)[2]}", "utf-8")


def where() -> str:
    """Machine, load and versions of a measurement."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} × "
        f"{names[0] if names else platform.machine()}, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}{_disk()}."
    )


def _disk() -> str:
    slower = os.environ.get("HOSO_BENCH_FSYNC_MS")
    return f"; {slower} ms added to every fsync" if slower else ""


def table(found: Measured) -> str:
    """What was found of one database, as Markdown."""
    limits = ", ".join(f"{rate:,.0f}/s in {batch}s" for batch, rate in found.ceilings.items())
    told = [
        f"**{found.name}**: raw driver, same bytes, one transaction a batch: {limits}; "
        f"an address that does nothing: {found.bare:,.0f}/s; "
        f"most memory of the server: {found.memory:,.0f} MiB",
        "",
        *_lines(found),
    ]
    if found.steps:
        told += ["", *_steps(found.steps)]
    if found.slow:
        told += ["", f"The same with {SLOWER:g} ms added to every fsync:", "", *_lines(found.slow)]
    return "\n".join(told)


def _lines(found: Measured) -> list[str]:
    return [
        "| callers | dossiers each | dossiers/s | per core-second | p99 ms | to raw driver |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.callers} | {one.batch} | {one.rate:,.0f} | {one.by_core:,.0f} "
            f"| {one.p99 * 1000:,.0f} | {one.rate / found.ceilings[one.batch]:.2f} |"
            for one in found.results
        ),
    ]


def _steps(steps: list[Step]) -> list[str]:
    return [
        "| storage step, group of | ms each | raw driver, same rows | share by the clock "
        "| ms of processor | raw driver | share |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.group} | {one.ours.clock:.3f} | {one.raw.clock:.3f} | {one.by_clock:.2f} "
            f"| {one.ours.processor:.3f} | {one.raw.processor:.3f} | {one.by_processor:.2f} |"
            for one in steps
        ),
    ]
