"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a free loopback port.

The programs come from the distribution's package. `initdb` and `postgres` refuse to run as root, so
a root test run hands them to an unprivileged account. Durability is off: it lives for one run.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypedDict

import asyncpg  # type: ignore[import-untyped]  # ships no types

ON_POSTGRESQL = os.environ.get("HOSO_TEST_DATABASE", "sqlite") == "postgresql"


class _RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def find_programs() -> Path:
    """The folder of the newest `initdb` and `postgres`. LookupError when none is installed."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    for program in [*newest, *([Path(on_path)] if on_path else [])]:
        if (program.parent / "postgres").exists():
            return program.parent
    raise LookupError("PostgreSQL is missing: apt-get install postgresql, or run `make test`")


def _run_as() -> _RunAs:
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise LookupError("no unprivileged account to run PostgreSQL under")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_listening(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@contextlib.contextmanager
def temporary_cluster() -> Iterator[str]:
    """Yields the address of the server without a database name: `postgres://hoso@127.0.0.1:PORT`."""
    programs, run_as, port = find_programs(), _run_as(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="hoso-postgresql-"))
    data, log = folder / "data", folder / "log"
    try:
        if run_as:
            os.chown(folder, run_as["user"], run_as["group"])
        options = ["--username=hoso", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [str(programs / "initdb"), f"--pgdata={data}", *options, "--no-sync"],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **run_as,
        )
        settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "timezone=UTC"]
        settings += ["listen_addresses=127.0.0.1", f"port={port}", "max_connections=200"]
        settings += [f"unix_socket_directories={folder}"]
        with log.open("wb") as sink:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *(f"--{setting}" for setting in settings)],
                cwd=folder,
                stdout=sink,
                stderr=sink,
                **run_as,
            )
        try:
            _wait_until_listening(server, port, log)
            yield f"postgres://hoso@127.0.0.1:{port}"
        finally:
            # SIGINT ends it at once and rolls open transactions back.
            server.send_signal(2)
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def command(address: str, statement: str) -> None:
    """Runs one statement in the cluster, outside any transaction."""

    async def run() -> None:
        connection = await asyncpg.connect(f"{address}/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    # In a thread of its own: the test that asks may already run inside a loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()


@contextlib.contextmanager
def own_database(address: str, template: str = "template1") -> Iterator[str]:
    """Address of a database of its own in the cluster, a copy of `template`; dropped after."""
    name = f"t{uuid.uuid4().hex}"
    command(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield f"{address}/{name}"
    command(address, f'DROP DATABASE "{name}" WITH (FORCE)')
