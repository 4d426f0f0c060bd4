"""A core of its own for the server that is measured: what is told of one core is then true of one.

A thread that wanders finds another core's cache cold, and one that waits on a core of its own for
the interpreter's lock burns time that a single core does not have.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_core_for(pid: int) -> Iterator[None]:
    """Hold a process to one core, and this one to the others, if there are any."""
    here = os.sched_getaffinity(0)
    mine, *others = sorted(here)
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {mine})
    os.sched_setaffinity(0, set(others) or {mine})
    try:
        yield
    finally:
        os.sched_setaffinity(0, here)
