"""A slice of `make torture`: random histories end as foretold, with the same seeds each time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import server.sync.beside
import server.sync.inbox
import server.sync.settling
from server.attachments.uploads import Uploads
from server.doctor.examination import examine
from tests.support.postgresql import ON_POSTGRESQL

from .campaign import Result, play, with_kills
from .worlds import inside, settings_inside

# So many histories come upon any fault.
MOST = 25
EXACT, KILLED, KILLS = (15, 10, 1) if ON_POSTGRESQL else (60, 24, 2)


async def test_random_histories_lose_nothing_double_nothing_and_leave_nothing_stuck(
    tmp_path: Path, migrated_url: str
) -> None:
    settings, result = settings_inside(tmp_path / "data", migrated_url), Result()
    async with inside(settings) as world:
        await play(world, range(EXACT), result)
        now = world.now()
    assert result.is_clean, result.report()
    # What nobody does proves nothing.
    assert {"applied", "held", "repeated", "refused", "bursts", "deeds"} <= result.done.keys()
    found = await examine(settings, now, lambda *_: None, is_thorough=True)
    assert [one for one in found if one.level == "fault"] == []


async def test_histories_through_kills_and_a_bad_network_end_as_foretold(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str
) -> None:
    folder, url = tmp_path, database_url
    if not ON_POSTGRESQL:
        folder, url = request.getfixturevalue("prepared"), ""
    result = await with_kills(range(KILLED), folder, kills=KILLS, database_url=url)
    assert result.kills == KILLS
    assert result.is_clean, result.report()


async def forgets(mutation_ids: Sequence[str]) -> dict[str, Any]:
    """A server that remembers no verdict."""
    return {}


def loses_bytes(self: Uploads, upload_id: str) -> int:
    """A server that says more has arrived than has."""
    return self._file(upload_id).stat().st_size + 1


@pytest.mark.parametrize(
    ("place", "name", "broken"),
    [
        (server.sync.inbox, "remembered", forgets),
        (server.sync.settling, "receipt_of", lambda *_: "e30.e30.AAAA"),
        (Uploads, "_offset", loses_bytes),
        (server.sync.beside, "is_among", lambda *_: True),
        (server.sync.beside, "is_among", lambda *_: False),
    ],
    ids=[
        *("forgets verdicts", "signs nothing", "miscounts bytes"),
        *("loses second versions", "doubles copies"),
    ],
)
async def test_broken_server_is_noticed(
    tmp_path: Path,
    migrated_url: str,
    monkeypatch: pytest.MonkeyPatch,
    place: Any,
    name: str,
    broken: Any,
) -> None:
    monkeypatch.setattr(place, name, broken)
    if broken is forgets:
        monkeypatch.setattr(server.sync.settling, name, forgets)
    result = Result()
    async with inside(settings_inside(tmp_path / "data", migrated_url)) as world:
        for seed in range(MOST):
            if result.is_clean:
                await play(world, [seed], result)
    assert result.broken
