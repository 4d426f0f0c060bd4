"""A disk that takes so many milliseconds longer for every fsync: cheap servers have such disks.

A few lines of C stand before the C library's `fsync` and `fdatasync` (LD_PRELOAD) in this process
and all it starts: the server, PostgreSQL, the raw driver. Needs `cc`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
static void linger(void) {
  const char *told = getenv("HOSO_BENCH_FSYNC_MS");
  long micros = told ? (long)(atof(told) * 1000) : 0;
  struct timespec wait = {micros / 1000000, micros % 1000000 * 1000};
  nanosleep(&wait, NULL);
}
#define SLOW(name)                                             \\
  int name(int file) {                                         \\
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, #name);  \\
    linger();                                                  \\
    return real(file);                                         \\
  }
SLOW(fsync)
SLOW(fdatasync)
"""


def behind(milliseconds: float) -> dict[str, str]:
    """The environment of a process that is to run behind the slow disk."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-slow-disk-"))
    # PostgreSQL runs under an account of its own and must be able to load it.
    folder.chmod(0o755)
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(_SOURCE, "utf-8")
    command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return os.environ | {
        "LD_PRELOAD": str(library),
        "HOSO_BENCH_FSYNC_MS": str(milliseconds),
    }


def run_again_on(milliseconds: float, module: str, arguments: Sequence[str]) -> None:
    """Start `python -m module` anew behind the slow disk, in place of this process.

    Returns at once when this process is behind it already.
    """
    if os.environ.get("HOSO_BENCH_FSYNC_MS"):
        return
    environment = behind(milliseconds)
    os.execve(sys.executable, [sys.executable, "-m", module, *arguments], environment)  # noqa: S606 (ourselves)
