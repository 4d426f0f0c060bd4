"""A share of the cases in a world of its own, as one process of several runs it."""

import contextlib
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.support.postgresql import own_database

from . import envelopes, uploads
from .world import run, world

SHARD = 1_000
SENDERS = {"envelopes": envelopes.send, "uploads": uploads.send}
Outcome = tuple[int, Counter[str], float, str]


def shard(kind: str, requests: int, seed: int, cluster: str) -> Outcome:
    """One world and its requests: cases, answers, processor seconds, what went wrong."""
    began, cases, told, fault = time.process_time(), 0, Counter[str](), ""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hoso-fuzz-")))
        url = f"sqlite://{folder / 'hoso.db'}"
        if cluster:
            url = stack.enter_context(own_database(cluster))
        try:
            with world(folder, url) as here:
                told = here.tally
                run(here, SENDERS[kind], requests, seed)
                cases = here.cases
        except Exception:
            fault = f"{kind}, seed {seed}\n{traceback.format_exc()}"
    return cases, told, time.process_time() - began, fault
