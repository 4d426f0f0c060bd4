"""`python -m tests.torture`: random histories by thousands, then the real app in a real browser.

    --seed N        one history again, exactly, with what went wrong in full
    --histories N   exact histories in this machine's processes (default 17,000)
    --killed N      histories against a server that is killed on the way (default 3,000)
    --browser N     submissions through the app in Chromium (default 200; 0: none)
    --from N        first seed; --jobs N processes; --postgresql: the killed server uses one

Ends with 0 only if nothing was lost, doubled, stuck or otherwise than foretold.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.support.postgresql import own_database, temporary_cluster
from tests.support.server_process import ROOT

from .browser import PHONES, Ordeal, second_build
from .campaign import SHARD, Result, in_memory, in_process, seconds_since, with_kills
from .history import History
from .worlds import inside, settings_inside

FIRST = 20_261_122


def main() -> int:
    """The exit code."""
    given = _arguments()
    if given.seed is not None:
        return asyncio.run(_replay(given.seed))
    began, total = time.monotonic(), Result()
    if given.histories:
        seeds = range(given.first, given.first + given.histories)
        for one in in_process(seeds, given.jobs, in_memory()):
            total.add(one)
            print(f"{total.histories} of {given.histories}, {len(total.broken)} broken", flush=True)
    if given.killed:
        total.add(_killed(range(given.first, given.first + given.killed), given.postgresql))
    if total.histories:
        print(f"seeds from {given.first}; {seconds_since(began)}\n{total.report()}", flush=True)
    is_clean = total.is_clean
    if given.browser:
        is_clean = _browsers(given.browser, given.first) and is_clean
    return int(not is_clean)


def _browsers(count: int, seed: int) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hoso-torture-") as place, sync_playwright() as driver:
        folder = Path(place)
        expect.set_options(timeout=30_000)
        builds = [ROOT / "pwa" / "dist", second_build(folder / "second")]
        ordeal = Ordeal(driver, folder, seed, builds=builds, phones=PHONES)
        with ordeal.running():
            ordeal.go_through(count)
            outcome = ordeal.end_well()
    print(f"browsers, seed {seed}; {seconds_since(began)}\n{outcome.report()}", flush=True)
    return outcome.is_clean


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int)
    parser.add_argument("--histories", type=int, default=17_000)
    parser.add_argument("--killed", type=int, default=3_000)
    parser.add_argument("--browser", type=int, default=200)
    parser.add_argument("--from", dest="first", type=int, default=FIRST)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--postgresql", action="store_true")
    return parser.parse_args()


def _killed(seeds: range, is_postgresql: bool) -> Result:
    total = Result()
    for at in range(0, len(seeds), SHARD):
        some = seeds[at : at + SHARD]
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hoso-torture-")))
            url = ""
            if is_postgresql:
                cluster = stack.enter_context(temporary_cluster(is_durable=True))
                url = stack.enter_context(own_database(cluster))
            kills = max(1, len(some) // 12)
            total.add(asyncio.run(with_kills(some, folder, kills=kills, database_url=url)))
        told = f"{total.histories} of {len(seeds)} with {total.kills} kills"
        print(f"{told}, {len(total.broken)} broken", flush=True)
    return total


async def _replay(seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix="hoso-torture-") as folder:
        settings = settings_inside(Path(folder), f"sqlite://{folder}/hoso.db")
        async with inside(settings) as world:
            try:
                done = await History(world, seed).play()
            except Exception:
                traceback.print_exc()
                return 1
    print(f"seed {seed}: as foretold; {dict(done)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
