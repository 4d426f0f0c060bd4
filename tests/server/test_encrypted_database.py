"""PostgreSQL on another machine is spoken to encrypted, and only when it is the right one."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from tests.support.certificates import write_certificate
from tests.support.postgresql import cluster, command, own_database
from tests.support.server_process import ROOT


async def speak_tls_alone(address: str, folder: Path) -> None:
    """Gives the cluster our certificate and lets it refuse whoever comes without encryption."""
    connection = await asyncpg.connect(f"{address}/postgres")
    try:
        data = Path(await connection.fetchval("SHOW data_directory"))
        owner = data.stat()
        for name, there in (("certificate.pem", "server.crt"), ("key.pem", "server.key")):
            (data / there).write_bytes((folder / name).read_bytes())
            (data / there).chmod(0o600)
            os.chown(data / there, owner.st_uid, owner.st_gid)
        await connection.execute("ALTER SYSTEM SET ssl = on")
    finally:
        await connection.close()
    (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 trust\n")


def migrate(url: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("HOSO_", "PG"))}
    settings = {"HOSO_DATABASE_URL": url, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "server", "migrate"],
        env=inherited | settings,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_server_speaks_tls_to_the_database_it_was_told_to_trust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ours", "other"):
        (tmp_path / name).mkdir()
        write_certificate(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    with cluster() as made, own_database(made.address) as url:
        asyncio.run(speak_tls_alone(made.address, tmp_path / "ours"))
        command(made.address, "SELECT pg_reload_conf()")
        ours, other = (str(tmp_path / name / "certificate.pem") for name in ("ours", "other"))
        clear = migrate(url, PGSSLMODE="disable")
        wrong = migrate(url, PGSSLMODE="verify-full", PGSSLROOTCERT=other)
        right = migrate(url, PGSSLMODE="verify-full", PGSSLROOTCERT=ours)
    assert clear.returncode != 0
    assert "no encryption" in clear.stderr
    assert wrong.returncode != 0
    assert "CERTIFICATE_VERIFY_FAILED" in wrong.stderr
    assert right.returncode == 0, right.stderr
