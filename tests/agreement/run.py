"""Looks for forms on which the engines differ: `python -m tests.agreement.run --seconds 600`.

Prints each difference with its seed and the smallest session that shows it; `--keep FOLDER` writes
it there as a vector (tests/vectors/README.md). `--seed N --only` tells one case again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from .compare import Case, judged, made, smallest
from .phone import Phone
from .sessions import played


def main() -> int:
    """Run until the time is over; 1 when the engines differed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    options.add_argument("--only", action="store_true", help="this seed alone")
    options.add_argument("--most", type=int, default=10, help="stop after so many differences")
    options.add_argument("--keep", type=Path, help="folder for the vectors of what differs")
    chosen = options.parse_args()
    ends = time.monotonic() + chosen.seconds
    tried = refused = found = 0
    with Phone() as phone:
        while time.monotonic() < ends and found < chosen.most:
            case = made(chosen.seed + tried)
            tried += 1
            if case is None:
                refused += 1
            elif judged(case, phone).differences:
                found += 1
                tell(smallest(case, phone), chosen.keep)
            if chosen.only:
                break
    print(f"from seed {chosen.seed}: {tried} forms, {refused} refused, {found} differ")
    return int(found > 0)


def tell(case: Case, keep: Path | None) -> None:
    """Print a difference, and keep it as a vector."""
    print(f"seed {case.seed}: {json.dumps(case.does, ensure_ascii=False)}")
    for difference in case.differences[:6]:
        print(f"  {difference}")
    sys.stdout.flush()
    if keep:
        vector = {"about": f"made by chance, seed {case.seed}", **case.vector}
        vector |= played(case.vector, case.does)
        keep.mkdir(parents=True, exist_ok=True)
        text = json.dumps(vector, ensure_ascii=False, separators=(",", ":"))
        (keep / f"made-{case.seed}.json").write_text(text + "\n", encoding="utf-8")
        (keep / f"made-{case.seed}.xml").write_text(case.xform, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
