"""`python -m tests.fuzz`: bent envelopes and uploads by the hundred thousand.

    --cases N       in all (default 100,000), seven in ten of them envelopes
    --jobs N        processes (default 2)
    --seed N        first seed; every shard has its own, told when something breaks
    --postgresql    against PostgreSQL instead of SQLite

Ends with 0 only if no answer was a 5xx, nothing was stored half, and the doctor found nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.support.postgresql import temporary_cluster

from .shards import SHARD, shard


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
    began, told, seconds, faults = time.monotonic(), Counter[str](), 0.0, 0
    shards = -(-given.cases // SHARD)
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(temporary_cluster()) if given.postgresql else ""
        pool = stack.enter_context(
            ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn"), max_tasks_per_child=1)
        )
        waiting = [
            pool.submit(
                shard,
                "uploads" if number % 10 in (2, 5, 8) else "envelopes",
                min(SHARD, given.cases - number * SHARD),
                given.seed + number,
                cluster,
            )
            for number in range(shards)
        ]
        for number, one in enumerate(waiting, 1):
            answered, spent, fault = one.result()
            told, seconds, faults = told + answered, seconds + spent, faults + bool(fault)
            print(f"{number} of {shards} shards, {seconds:.0f} s of processor\n{fault}", flush=True)
    for answer, times in told.most_common():
        print(f"{times:8} {answer}")
    print(f"{given.cases} cases, {faults} shards at fault, {time.monotonic() - began:.0f} s")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
