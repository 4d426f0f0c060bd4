"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a free loopback port.

The programs come from the distribution's package. `initdb` and `postgres` refuse to run as root, so
a root test run hands them to an unprivileged account. Durability is off: it lives for one run.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
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


def _wait_until_ready(
    server: subprocess.Popen[bytes], programs: Path, port: int, log: Path
) -> None:
    """After a crash it listens before it has recovered; it is ready when it takes connections."""
    asking = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run(asking, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


class Cluster:
    """A cluster in `folder`; `is_durable` as one that keeps people's data is set up."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self._programs, self._run_as, self._port = find_programs(), _run_as(), _free_port()
        self._folder, self._data, self._log = folder, folder / "data", folder / "log"
        self._is_durable = is_durable
        self._server: subprocess.Popen[bytes] | None = None
        self.address = f"postgres://hoso@127.0.0.1:{self._port}"
        if self._run_as:
            os.chown(folder, self._run_as["user"], self._run_as["group"])
        options = ["--username=hoso", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [str(self._programs / "initdb"), f"--pgdata={self._data}", *options, "--no-sync"],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **self._run_as,
        )

    def start(self) -> None:
        """Start it and wait until it listens."""
        settings = ["listen_addresses=127.0.0.1", f"port={self._port}", "max_connections=200"]
        settings += [f"unix_socket_directories={self._folder}", "timezone=UTC"]
        if not self._is_durable:
            settings += ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        program = self._programs / "postgres"
        with self._log.open("wb") as sink:
            self._server = subprocess.Popen(
                [program, "-D", self._data, *(f"--{setting}" for setting in settings)],
                cwd=self._folder,
                stdout=sink,
                stderr=sink,
                **self._run_as,
            )
        _wait_until_ready(self._server, self._programs, self._port, self._log)

    def stop(self) -> None:
        """End it at once; open transactions are rolled back."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End it as a power cut does; it recovers from its log at the next start."""
        self._end(signal.SIGQUIT)

    def kill_backend(self) -> None:
        """SIGKILL to one process that serves a connection, as the kernel does when memory runs out.

        The server then ends all connections, recovers from its log and takes new ones by itself.
        """
        server = self._server
        if server is None:
            raise RuntimeError("PostgreSQL is not running")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        serving = [
            int(child)
            for child in children
            if b": hoso " in Path(f"/proc/{child}/cmdline").read_bytes()
        ]
        os.kill(serving[0], signal.SIGKILL)
        time.sleep(0.3)
        _wait_until_ready(server, self._programs, self._port, self._log)

    def _end(self, how: signal.Signals) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.send_signal(how)
            server.wait(20)


@contextlib.contextmanager
def temporary_cluster(*, is_durable: bool = False) -> Iterator[str]:
    """Yields the address of the server without a database name: `postgres://hoso@127.0.0.1:PORT`."""
    with cluster(is_durable=is_durable) as made:
        yield made.address


@contextlib.contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[Cluster]:
    """A cluster that runs, gone with its folder after."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-postgresql-"))
    try:
        made = Cluster(folder, is_durable=is_durable)
        try:
            made.start()
            yield made
        finally:
            made.stop()
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
