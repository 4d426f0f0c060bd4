"""Runs the checks and tests of both languages one after another and stops at the first that fails.

Usage: .venv/bin/python .ci/check.py [lint | audit | client | server | postgresql | journeys]
Without an argument everything runs. Each step's output is shown as it comes; the summaries of the
test runners are read from it, and the last line adds them up: "N passed, N failed".
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]
NODE = [str(ROOT / ".ci" / "node")]
TSC = [*NODE, "node_modules/typescript/bin/tsc", "--project"]
BIOME = [*NODE, "node_modules/@biomejs/biome/bin/biome"]
PYTEST = [*PYTHON, "pytest", "--color=yes" if sys.stdout.isatty() else "--color=no"]


@dataclass(frozen=True)
class Step:
    """One command: its group, heading, words, and where and with what environment it runs."""

    group: str
    heading: str
    command: list[str]
    folder: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)


# As many at once as there are cores; each process has servers, browsers and a cluster of its own.
PARALLEL = ["--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal"]
SERVER_TESTS = [*PARALLEL, "tests/server", "tests/torture", "tests/fuzz"]
STEPS = [
    Step("lint", "Python format", [*PYTHON, "ruff", "format", "--check", "."]),
    Step("lint", "Python lint", [*PYTHON, "ruff", "check", "."]),
    Step("lint", "Python types", [*PYTHON, "mypy"]),
    Step("lint", "TypeScript types, page", [*TSC, "tsconfig.page.json"], ROOT / "pwa"),
    Step("lint", "TypeScript types, worker", [*TSC, "tsconfig.worker.json"], ROOT / "pwa"),
    Step("lint", "TypeScript types, tests", [*TSC, "tsconfig.tests.json"], ROOT / "pwa"),
    Step(
        "lint",
        "TypeScript and style sheets, format and lint",
        [
            *BIOME,
            "check",
            "--error-on-warnings",
            ".",
            "../tests/pwa",
            "../tests/bench",
            "../tests/torture",
            "../server/desk/static",
        ],
        ROOT / "pwa",
    ),
    Step("audit", "Licences of what ships", [sys.executable, ".ci/licences.py"]),
    Step("audit", "Known vulnerabilities of what ships", [sys.executable, ".ci/advisories.py"]),
    Step("client", "Client tests", [*NODE, "tests/pwa/run.mjs"]),
    Step("client", "Both form engines on made-up forms", [*PYTEST, "tests/agreement"]),
    Step("server", "Server tests on SQLite", [*PYTEST, *SERVER_TESTS]),
    # Another process: Tortoise keeps one SQL dialect per connection name.
    Step(
        "postgresql",
        "Server tests on PostgreSQL",
        [*PYTEST, *SERVER_TESTS],
        # What SQLite was asked at length: here the statements count, not the shapes.
        environment={"HOSO_TEST_DATABASE": "postgresql", "HOSO_SCHEMA_CASES": "2"},
    ),
    Step("journeys", "Journeys in a browser", [*PYTEST, *PARALLEL, "tests/journeys"]),
]

# pytest ends with "== 3 failed, 12 passed, 1 error in 0.5s ==", node with "ℹ pass 12", "ℹ fail 0".
PYTEST_END = re.compile(r"^=*\s*(?=.*\bin [\d.]+s)(?=.*\d (?:passed|failed|error))(.*)$")
PYTEST_COUNT = re.compile(r"(?P<number>\d+) (?P<word>passed|failed|error)")
NODE_COUNT = re.compile(r"^[ℹ#] (?P<word>pass|fail|cancelled) (?P<number>\d+)$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def count(line: str) -> tuple[int, int]:
    """Tests passed and failed according to one line of output; (0, 0) for any other line."""
    plain = COLOUR.sub("", line.rstrip())
    pattern = PYTEST_COUNT if PYTEST_END.match(plain) else NODE_COUNT
    passed = failed = 0
    for match in pattern.finditer(plain):
        if match["word"].startswith("pass"):
            passed += int(match["number"])
        else:
            failed += int(match["number"])
    return passed, failed


def run(step: Step) -> tuple[int, int, int]:
    """Exit code, tests passed, tests failed."""
    print(f"\n=== {step.heading}", flush=True)
    started = time.monotonic()
    passed = failed = 0
    environment = os.environ | {"PYTHONUNBUFFERED": "1"} | step.environment
    with subprocess.Popen(  # noqa: S603 (the commands are the table above)
        step.command,
        cwd=step.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            more_passed, more_failed = count(line)
            passed += more_passed
            failed += more_failed
    print(f"--- {step.heading}: {time.monotonic() - started:.1f} s", flush=True)
    return process.returncode, passed, failed


def main(group: str | None) -> int:
    """Runs the group's steps, or all."""
    steps = [step for step in STEPS if group in (None, step.group)]
    if not steps:
        print(__doc__, file=sys.stderr)
        return 2
    passed = failed = code = 0
    for step in steps:
        code, more_passed, more_failed = run(step)
        passed += more_passed
        failed += more_failed
        if code:
            print(f"\nstopped at: {step.heading} (exit {code})")
            break
    if group not in ("lint", "audit"):
        # A runner that ends badly without counting a failure is a failure all the same.
        print(f"\n{passed} passed, {max(failed, int(code != 0))} failed")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
