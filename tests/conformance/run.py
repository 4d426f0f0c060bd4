"""Grades both form engines against cases recorded from other projects' suites, and holds the floor.

Usage: python -m tests.conformance.run FOLDER

FOLDER holds the graders (`expressions.py`, `replay.py`) and their cases. Each engine speaks through
its adapter. A score under `floor.json` (per cent, what was last reached) fails; so does an adapter
that is missing while its floor is above 0. One that does not exist yet is said so and not counted.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOOR = Path(__file__).with_name("floor.json")
ADAPTERS = {
    "python": (
        "tests/conformance/python_adapter.py",
        "{python} -m tests.conformance.python_adapter",
    ),
    "typescript": (
        "pwa/tests/conformance-adapter.mjs",
        ".ci/node pwa/tests/conformance-adapter.mjs",
    ),
}


@dataclass(frozen=True)
class Grading:
    """One grader on one file of cases, and how its printed result is read into scores."""

    script: str
    cases: str
    options: list[str]
    read: Callable[[str], dict[str, float]]


def percent(right: str, total: str) -> float:
    """Rounded down to a hundredth, so that a floor taken from it is always met again."""
    return int(10_000 * int(right) / max(1, int(total))) / 100


def read_expressions(output: str) -> dict[str, float]:
    """Lines `<source>: right/total`."""
    lines = re.findall(r"^(\S+): (\d+)/(\d+)", output, re.MULTILINE)
    return {f"expressions {source}": percent(right, total) for source, right, total in lines}


def read_parse(output: str) -> dict[str, float]:
    """The line `all: right/total`."""
    line = re.search(r"^all: (\d+)/(\d+)", output, re.MULTILINE)
    return {"parse": percent(line[1], line[2])} if line else {}


def read_scenarios(output: str) -> dict[str, float]:
    """Lines `<what>: count`."""
    counts = dict(re.findall(r"^(.+): (\d+)$", output, re.MULTILINE))
    pairs = {
        "scenario reads": ("reads right", "reads"),
        "snapshot relevance": ("snapshot relevance right", "snapshot nodes"),
        "snapshot values": ("snapshot values right", "snapshot values"),
    }
    return {
        name: percent(counts.get(right, "0"), counts[total])
        for name, (right, total) in pairs.items()
        if total in counts
    }


GRADINGS = [
    Grading("expressions.py", "expressions.json.gz", [], read_expressions),
    Grading("expressions.py", "parse.json", ["--parse"], read_parse),
    Grading("replay.py", "scenarios.jsonl.gz", ["--max-form", "30000"], read_scenarios),
]


def grade(folder: Path, adapter: str) -> dict[str, float]:
    """All scores of one engine in per cent. A grader that ends badly raises CalledProcessError."""
    # The recorded sessions were made in this zone; the single cases carry their own.
    environment = os.environ | {"TZ": "America/Phoenix", "PYTHONPATH": str(ROOT)}
    scores: dict[str, float] = {}
    for grading in GRADINGS:
        command = [sys.executable, str(folder / grading.script), str(folder / grading.cases)]
        command += [*grading.options, "--cmd", adapter]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        scores |= grading.read(done.stdout)
    return scores


def judge(engine: str, scores: dict[str, float], floors: dict[str, float]) -> bool:
    """Prints each score beside its floor; True when none is under it or left out."""
    is_held = True
    for name in sorted(scores.keys() | floors.keys()):
        score, floor = scores.get(name), floors.get(name, 0.0)
        is_under = score is None or score < floor
        is_held = is_held and not is_under
        shown = "   none" if score is None else f"{score:6.2f}%"
        print(f"{engine:<12}{name:<40}{shown}  floor {floor:6.2f}%{'  UNDER' if is_under else ''}")
    return is_held


def main(folder: Path) -> int:
    """Exit code: 0 floors held, 1 one is not, 2 no cases there."""
    if not (folder / "expressions.py").exists():
        print(f"no graders in {folder}", file=sys.stderr)
        return 2
    floors: dict[str, dict[str, float]] = json.loads(FLOOR.read_text())
    is_held = True
    for engine, (source, command) in ADAPTERS.items():
        floor = floors.get(engine, {})
        if (ROOT / source).exists():
            scores = grade(folder, command.format(python=sys.executable))
        elif any(floor.values()):
            print(f"{engine}: {source} is missing")
            scores = {}
        else:
            print(f"{engine}: {source} does not exist yet; nothing graded, floor 0")
            continue
        is_held = judge(engine, scores, floor) and is_held
    return 0 if is_held else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]).resolve()))
