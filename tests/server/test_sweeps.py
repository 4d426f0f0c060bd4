"""Sweeps: what has ended goes, after its time; what counts stays."""

import asyncio
import os
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from server.attachments.models import Upload
from server.attachments.store import open_store
from server.attachments.uploads import Uploads
from server.clock import FixedClock
from server.identity.models import Challenge, Enrolment, Login, OneTimeCode
from server.notifications.models import OutboxMessage
from server.settings import Settings
from server.sweeps import sweep_outbox, sweep_sign_in, sweeps_of
from server.worker import SWEEP_STEP, Worker
from tests.support.application import START
from tests.support.people import make_person

from .test_worker import MemoryPush

MONTH = timedelta(days=30)
SECOND = timedelta(seconds=1)


async def test_ended_sign_ins_go_after_a_month_and_the_others_stay(database: Settings) -> None:
    person = await make_person()
    times = {
        "revoked long ago": (START + MONTH, START - MONTH - SECOND),
        "revoked just now": (START + MONTH, START - MONTH + SECOND),
        "run out long ago": (START - MONTH - SECOND, None),
        "in use": (START + MONTH, None),
    }
    for name, (expires, revoked) in times.items():
        await Login.create(
            token_digest=name,
            person=person,
            way="code",
            created_at=START,
            seen_at=START,
            expires_at=expires,
            revoked_at=revoked,
        )
    await sweep_sign_in(START)
    left = {login.token_digest for login in await Login.all()}
    assert left == {"revoked just now", "in use"}


async def test_codes_challenges_and_links_go_when_they_have_run_out(database: Settings) -> None:
    person = await make_person()
    for expires in (START - MONTH - SECOND, START + SECOND):
        await OneTimeCode.create(id=uuid.uuid4(), person=person, digest="x", expires_at=expires)
        await Challenge.create(id=uuid.uuid4().hex, purpose="log-in", expires_at=expires)
        await Enrolment.create(token_digest=uuid.uuid4().hex, person=person, expires_at=expires)
    for _ in range(2):
        await sweep_sign_in(START)
        for table in (OneTimeCode, Challenge, Enrolment):
            assert [row.expires_at for row in await table.all()] == [START + SECOND]


@pytest.mark.parametrize(
    ("state", "at", "stays"),
    [
        ("sent", START - MONTH - SECOND, False),
        ("failed", START - MONTH - SECOND, False),
        ("sent", START - MONTH + SECOND, True),
        ("queued", START - MONTH - SECOND, True),
        ("sending", START - MONTH - SECOND, True),
    ],
)
async def test_messages_go_a_month_after_they_were_settled(
    database: Settings, state: str, at: datetime, stays: bool
) -> None:
    await OutboxMessage.create(
        id=uuid.uuid4(), subscription_id="s", event_seq=1, state=state, next_at=at
    )
    await sweep_outbox(START)
    assert await OutboxMessage.exists() is stays


async def test_expired_and_stray_uploads_go_and_begun_ones_stay(
    database: Settings, tmp_path: Path, clock: FixedClock
) -> None:
    async def arrived(digest: str) -> None:
        raise AssertionError

    uploads = Uploads(tmp_path / "uploads", open_store("memory://"), clock, arrived)
    for name, expires in (("a", START - SECOND), ("b", START + MONTH)):
        await Upload.create(
            id=name * 32, digest=name * 64, length=5, created_at=START, expires_at=expires
        )
    old = (START - timedelta(days=2)).timestamp()
    for name, changed in (("a", old), ("b", old), ("c", old), ("d", START.timestamp())):
        file = tmp_path / "uploads" / f"{name * 32}.part"
        file.touch()
        os.utime(file, (changed, changed))
    for sweep in sweeps_of(uploads, timedelta(days=3)):
        await sweep(START)
    assert {file.stem[0] for file in (tmp_path / "uploads").iterdir()} == {"b", "d"}
    assert [upload.id[0] for upload in await Upload.all()] == ["b"]


async def test_worker_sweeps_once_an_hour_whatever_one_sweep_meets(
    database: Settings, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    swept: list[datetime] = []

    async def fail(now: datetime) -> None:
        raise OSError("no")

    async def note(now: datetime) -> None:
        swept.append(now)

    worker = Worker(clock, MemoryPush(), asyncio.Event(), sweeps=[fail, note])
    await worker.work()
    await worker.work()
    assert swept == [START]
    clock.move(SWEEP_STEP)
    await worker.work()
    assert swept == [START, START + SWEEP_STEP]
    assert "tried again in an hour" in caplog.text
