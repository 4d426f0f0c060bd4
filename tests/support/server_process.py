"""The real server as its own process: started, killed as a power cut would, started again.

One instance keeps its data folder, its port and its log over restarts, so whoever talks to it finds
the same server again. One-time codes are read from what the console sender wrote.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerProcess:
    """A server over `data` at http://localhost:`port`; `chosen` as in PUSH_HOSTS="…"."""

    def __init__(self, data: Path, port: int | None = None, **chosen: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.origin = f"http://localhost:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        self._chosen = chosen
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a command beside this server must run with to see the same data."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOSO_")}
        return inherited | {
            "HOSO_DATA": str(self.data),
            "HOSO_PORT": str(self.port),
            "HOSO_ORIGIN": self.origin,
            "PYTHONUNBUFFERED": "1",
            **{f"HOSO_{name}": value for name, value in self._chosen.items()},
        }

    def choose(self, **chosen: str) -> None:
        """Other settings, from its next start on."""
        self._chosen |= chosen

    @property
    def pid(self) -> int:
        """The running server's process id. Raises when it is not running."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def command(self, *arguments: str) -> str:
        """Run `python -m server …` beside this server; what it printed. Raises when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "server", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}\n{printed}")
        return printed

    def start(self) -> None:
        """Start and wait until it answers. Raises with the end of its log when it does not."""
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.printed()[-3000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a power cut does: nothing is flushed, nobody is told."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end; does nothing when it is not running."""
        self._end(signal.SIGTERM)

    def printed(self) -> str:
        """All it has written since its first start."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def codes(self, account: str) -> list[str]:
        """One-time codes sent to an account, oldest first."""
        return re.findall(rf"\[{re.escape(account)}\]\D*?(\d{{6,8}})\b", self.printed())

    def code_after(self, account: str, known: int) -> str:
        """The newest code once there are more than `known`."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            codes = self.codes(account)
            if len(codes) > known:
                return codes[-1]
            time.sleep(0.05)
        raise TimeoutError(f"no code for {account}:\n{self.printed()[-2000:]}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (http.client.HTTPException, OSError):
            return False
        finally:
            connection.close()

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
