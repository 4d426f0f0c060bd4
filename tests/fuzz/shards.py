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

SHARD = 2_500
SENDERS = {"envelopes": envelopes.send, "uploads": uploads.send}
Outcome = tuple[Counter[str], float, str]


def shard(kind: str, cases: int, seed: int, cluster: str) -> Outcome:
    """One world and its cases: what was answered, processor seconds, what went wrong."""
    began, told, fault = time.process_time(), Counter[str](), ""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hoso-fuzz-")))
        url = f"sqlite://{folder / 'hoso.db'}"
        if cluster:
            url = stack.enter_context(own_database(cluster))
        try:
            with world(folder, url) as here:
                told = here.tally
                run(here, SENDERS[kind], cases, seed)
        except Exception:
            fault = f"{kind}, seed {seed}\n{traceback.format_exc()}"
    return told, time.process_time() - began, fault
