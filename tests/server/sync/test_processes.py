"""Several server processes on one database: copies that reach them at once have one effect.

SQLite serves one process; there the same copies come over two connections.
"""

import asyncio
import json
import random
from pathlib import Path

from server.keyring import open_keyring
from tests.bench.submissions import COMMUNE, sealed, write_procedure
from tests.support.phones import Phone
from tests.support.postgresql import ON_POSTGRESQL
from tests.support.server_process import ServerProcess

from .test_crashes import Tally, send_all

PHONES, DOSSIERS = 2, 30


async def test_copies_sent_to_two_processes_in_any_order_get_one_receipt(
    tmp_path: Path, database_url: str
) -> None:
    first = ServerProcess(tmp_path / "data", DATABASE_URL=database_url)
    second = ServerProcess(tmp_path / "data", DATABASE_URL=database_url)
    form = write_procedure(tmp_path / "do-toc-do")
    first.command("communes", "add", COMMUNE, "--agency", f"H38.{COMMUNE}")
    first.command("forms", "publish", str(tmp_path / "do-toc-do"))
    servers = [first, second] if ON_POSTGRESQL else [first]
    try:
        for server in servers:
            server.start()
        keyring, tally, sending = open_keyring(first.data / "keys"), Tally(), []
        for at in range(PHONES):
            phone, chance = Phone(), random.Random(at)
            queue = sealed(keyring, phone, form, DOSSIERS, at)
            for origin in (servers[0].origin, servers[-1].origin):
                order = chance.sample(queue, len(queue))
                sending.append(send_all(origin, phone, order, tally, random.Random(at)))
        await asyncio.wait_for(asyncio.gather(*sending), 60)
    finally:
        for server in servers:
            server.stop()
    assert len(tally.receipts) == PHONES * DOSSIERS
    assert tally.repeats == PHONES * DOSSIERS
    assert json.loads(first.command("doctor", "--thorough", "--json")) == []
    assert "deadlock" not in first.printed()
