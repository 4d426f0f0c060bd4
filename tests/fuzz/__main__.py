"""`python -m tests.fuzz`: bent envelopes and uploads by the hundred thousand.

    --cases N       at least so many (default 100,000); an envelope or an upload's step is one
    --jobs N        processes (default 2)
    --seed N        first seed; every shard has its own, told when something breaks
    --postgresql    against PostgreSQL instead of SQLite

Ends with 0 only if no answer was a 5xx, nothing was stored half, and the doctor found nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import sys
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context

from tests.support.postgresql import temporary_cluster

from .shards import SHARD, Outcome, shard


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20_261_122)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    began, told, seconds, cases, faults = time.monotonic(), Counter[str](), 0.0, 0, 0
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(temporary_cluster()) if given.postgresql else ""
        pool = stack.enter_context(
            ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn"), max_tasks_per_child=1)
        )
        numbers, waiting = itertools.count(), set[Future[Outcome]]()
        while cases < given.cases:
            while len(waiting) < given.jobs:
                number = next(numbers)
                kind = "uploads" if number % 4 == 3 else "envelopes"
                waiting.add(pool.submit(shard, kind, SHARD, given.seed + number, cluster))
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                tried, answered, spent, fault = one.result()
                cases, told, seconds = cases + tried, told + answered, seconds + spent
                faults += bool(fault)
                print(f"{cases} cases, {seconds:.0f} s of processor\n{fault}", flush=True)
    for answer, times in told.most_common():
        print(f"{times:8} {answer}")
    print(f"{cases} cases, {faults} shards at fault, {time.monotonic() - began:.0f} s")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
