"""The nginx example of the documentation, run for real: on free loopback ports, over TLS.

The file is taken as it is; only what belongs to a machine is put in: ports, the certificate, the
folder of logs, the server's port, the name. The program comes from the distribution's package.
"""

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .certificates import write_certificate
from .server_process import ROOT, free_port

EXAMPLE = ROOT / "docs" / "examples" / "nginx.conf"
NAME = "hoso.example.vn"


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running proxy: its ports, the certificate to trust, the folder of its logs."""

    https: int
    http: int
    certificate: Path
    folder: Path

    @property
    def origin(self) -> str:
        """Where browsers reach it."""
        return f"https://localhost:{self.https}"

    def trust(self) -> ssl.SSLContext:
        """What a client must believe to talk to it."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def logged(self) -> str:
        """All that it wrote about requests and faults."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def find_nginx() -> Path:
    """The program. LookupError when none is installed."""
    own = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"
    for program in (own, shutil.which("nginx"), "/usr/sbin/nginx"):
        if program and Path(program).exists():
            return Path(program)
    raise LookupError("nginx is missing: .ci/setup-system, or run `make test`")


def fitted(text: str, server_port: int, proxy: Nginx) -> str:
    """The example for this machine: loopback ports, our certificate, our folder."""
    lines = [line for line in text.splitlines() if "listen [::]" not in line]
    live = f"/etc/letsencrypt/live/{NAME}"
    places = {
        "listen 443": f"listen 127.0.0.1:{proxy.https}",
        "listen 80": f"listen 127.0.0.1:{proxy.http}",
        "127.0.0.1:8000": f"127.0.0.1:{server_port}",
        f"{live}/fullchain.pem": str(proxy.certificate),
        f"{live}/privkey.pem": str(proxy.folder / "key.pem"),
        "/var/log/nginx": str(proxy.folder),
        NAME: "localhost",
    }
    whole = "\n".join(lines)
    for there, here in places.items():
        if there not in whole:
            raise ValueError(f"the example no longer says {there}")
        whole = whole.replace(there, here)
    return whole


@contextlib.contextmanager
def running_nginx(folder: Path, server_port: int) -> Iterator[Nginx]:
    """The example in front of a server on the loopback. Raises with its log when it will not."""
    folder.mkdir()
    proxy = Nginx(free_port(), free_port(), folder / "certificate.pem", folder)
    write_certificate(folder)
    (folder / "hoso.conf").write_text(fitted(EXAMPLE.read_text(), server_port, proxy))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    account = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{account}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/start.log;\nevents {{}}\n"
        f"http {{\n{temporary}access_log off;\ninclude {folder}/hoso.conf;\n}}\n"
    )
    options = ["-p", folder, "-c", folder / "nginx.conf", "-e", folder / "start.log"]
    command = [str(part) for part in (find_nginx(), *options)]
    with (folder / "output.log").open("wb") as sink:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    try:
        _wait(process, proxy)
        yield proxy
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", proxy: Nginx) -> None:
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", proxy.https), 2):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nginx did not start:\n{proxy.logged()[-3000:]}")
        time.sleep(0.05)
