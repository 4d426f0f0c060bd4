"""The outbox: who is told, claiming, backing off, giving up."""

import asyncio
import uuid
from datetime import datetime, timedelta

import pytest

from server.database import transaction
from server.dossiers.models import Dossier
from server.events import SYSTEM, Event, append
from server.identity.models import Device
from server.notifications import outbox
from server.notifications.models import OutboxMessage, Subscription
from server.notifications.web_push import Outcome
from server.settings import Settings
from tests.support.application import START
from tests.support.dossiers import make_dossier

MINUTE = timedelta(minutes=1)


async def subscription(name: str, **chosen: object) -> Subscription:
    columns = {"endpoint": f"https://push.example/{name}", "p256dh": "", "auth": ""}
    return await Subscription.create(id=name, created_at=START, **{**columns, **chosen})


async def event_of(dossier: Dossier) -> Event:
    async with transaction() as connection:
        return await append(connection, "dossier.received", SYSTEM, START, dossier_id=dossier.id)


async def tell(event: Event) -> None:
    async with transaction() as connection:
        await outbox.tell(connection, event)


async def queued(at: datetime = START) -> OutboxMessage:
    return await OutboxMessage.create(
        id=uuid.uuid4(), subscription_id="one", event_seq=1, next_at=at
    )


async def told() -> set[str]:
    return {message.subscription_id for message in await OutboxMessage.all()}


async def test_device_applicant_and_helper_are_told_and_strangers_are_not(
    database: Settings,
) -> None:
    applicant, helper = uuid.uuid4(), uuid.uuid4()
    dossier = await make_dossier(applicant_id=applicant, helper_id=helper)
    await subscription("device", device_id=dossier.device_id)
    await subscription("applicant", person_id=applicant)
    await subscription("helper", person_id=helper)
    await subscription("stranger", device_id="x" * 43, person_id=uuid.uuid4())
    await subscription("nobody")
    await tell(await event_of(dossier))
    assert await told() == {"device", "applicant", "helper"}


async def test_subscription_without_person_is_not_told_of_dossiers_without_one(
    database: Settings,
) -> None:
    dossier = await make_dossier()
    await subscription("nobody")
    await tell(await event_of(dossier))
    assert await told() == set()


async def test_revoked_device_is_not_told(database: Settings) -> None:
    dossier = await make_dossier()
    await Device.create(id=dossier.device_id, point=b"", registered_at=START, revoked_at=START)
    await subscription("device", device_id=dossier.device_id)
    await tell(await event_of(dossier))
    assert await told() == set()


async def test_event_read_twice_is_told_once(database: Settings) -> None:
    dossier = await make_dossier()
    await subscription("device", device_id=dossier.device_id)
    event = await event_of(dossier)
    await tell(event)
    await tell(event)
    assert await OutboxMessage.all().count() == 1


async def test_event_without_dossier_tells_nobody(database: Settings) -> None:
    async with transaction() as connection:
        event = await append(connection, "dossier.received", SYSTEM, START)
        await outbox.tell(connection, event)
    assert await OutboxMessage.all().count() == 0


async def test_message_is_claimed_by_one_of_many(database: Settings) -> None:
    await queued()
    claims = await asyncio.gather(*(outbox.claim(START) for _ in range(8)))
    assert sum(len(claimed) for claimed in claims) == 1


async def test_message_not_yet_due_waits(database: Settings) -> None:
    await queued(START + MINUTE)
    assert await outbox.claim(START) == []


async def test_message_whose_sender_died_is_claimed_after_the_lease(database: Settings) -> None:
    await queued()
    assert len(await outbox.claim(START)) == 1
    assert await outbox.claim(START + outbox.LEASE - MINUTE) == []
    (again,) = await outbox.claim(START + outbox.LEASE)
    assert again.attempts == 2


async def test_late_word_of_a_lost_lease_changes_nothing(database: Settings) -> None:
    await queued()
    (first,) = await outbox.claim(START)
    (second,) = await outbox.claim(START + outbox.LEASE)
    await outbox.settle(first, Outcome("later"), START + outbox.LEASE)
    assert (await OutboxMessage.get()).state == outbox.SENDING
    await outbox.settle(second, Outcome("sent"), START + outbox.LEASE)
    assert (await OutboxMessage.get()).state == outbox.SENT


async def test_passing_failure_backs_off(database: Settings) -> None:
    await queued()
    now = START
    for minutes in (1, 2, 4, 8):
        (message,) = await outbox.claim(now)
        await outbox.settle(message, Outcome("later", "503"), now)
        row = await OutboxMessage.get()
        assert (row.state, row.error) == (outbox.QUEUED, "503")
        assert row.next_at == now + minutes * MINUTE
        now = row.next_at


async def test_push_services_wait_is_kept_when_longer(database: Settings) -> None:
    await queued()
    (message,) = await outbox.claim(START)
    await outbox.settle(message, Outcome("later", "429", timedelta(hours=1)), START)
    assert (await OutboxMessage.get()).next_at == START + timedelta(hours=1)


async def test_message_is_given_up_after_about_two_days(database: Settings) -> None:
    await queued()
    now = START
    for _ in range(outbox.MAX_ATTEMPTS):
        (message,) = await outbox.claim(now)
        await outbox.settle(message, Outcome("later", "503"), now)
        row = await OutboxMessage.get()
        now = max(now, row.next_at)
    assert row.state == outbox.FAILED
    assert timedelta(days=1, hours=18) < now - START < timedelta(days=2, hours=12)


async def test_dead_subscription_goes_with_all_that_waits_for_it(database: Settings) -> None:
    await subscription("one")
    await queued()
    await OutboxMessage.create(
        id=uuid.uuid4(), subscription_id="one", event_seq=2, next_at=START + MINUTE
    )
    (message,) = await outbox.claim(START)
    await outbox.settle(message, Outcome("gone", "410"), START)
    assert await Subscription.all().count() == 0
    assert {row.state for row in await OutboxMessage.all()} == {outbox.FAILED}


async def test_refused_message_is_not_tried_again(database: Settings) -> None:
    await subscription("one")
    await queued()
    (message,) = await outbox.claim(START)
    await outbox.settle(message, Outcome("refused", "400"), START)
    assert (await OutboxMessage.get()).state == outbox.FAILED
    assert await Subscription.all().count() == 1


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 1), (2, 2), (9, 256), (10, 360)])
def test_waits_double_to_six_hours(attempts: int, minutes: int) -> None:
    assert outbox.backoff(attempts) == minutes * MINUTE
    assert outbox.backoff(10_000) == 360 * MINUTE
