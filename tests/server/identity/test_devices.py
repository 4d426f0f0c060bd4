"""Device keys: nonces, proofs, registering, enrolling, revoking."""

from datetime import timedelta

import pytest

from server.clock import FixedClock
from server.database import transaction
from server.errors import Problem
from server.events import SYSTEM, Event
from server.identity import devices
from server.identity.models import Device
from server.settings import Settings
from tests.support.application import START
from tests.support.people import make_person
from tests.support.phones import Phone

SECRET = b"s" * 32


def test_proof_over_our_nonce_is_accepted() -> None:
    phone = Phone()
    given = devices.nonce(SECRET, phone.id, START)
    proof = phone.proof(given, "17")
    assert devices.check_proof(SECRET, phone.point, given, proof, "17", START)


def test_proof_for_another_cursor_is_refused() -> None:
    phone = Phone()
    given = devices.nonce(SECRET, phone.id, START)
    assert not devices.check_proof(SECRET, phone.point, given, phone.proof(given, "17"), "", START)


def test_proof_by_another_key_is_refused() -> None:
    phone, thief = Phone(), Phone()
    given = devices.nonce(SECRET, phone.id, START)
    assert not devices.check_proof(SECRET, phone.point, given, thief.proof(given), "", START)


def test_nonce_of_another_device_is_refused() -> None:
    phone = Phone()
    given = devices.nonce(SECRET, Phone().id, START)
    assert not devices.check_proof(SECRET, phone.point, given, phone.proof(given), "", START)


def test_nonce_ends_after_thirty_days() -> None:
    given = devices.nonce(SECRET, "d", START)
    assert devices.is_fresh(SECRET, "d", given, START + timedelta(days=30))
    assert not devices.is_fresh(SECRET, "d", given, START + timedelta(days=30, seconds=1))
    assert not devices.is_fresh(SECRET, "d", given, START - timedelta(minutes=2))


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "ấ", "A" * 100])
def test_made_up_nonce_is_refused(text: str) -> None:
    assert not devices.is_fresh(SECRET, "d", text, START)


@pytest.mark.parametrize("proof", ["", "AAAA", "ấ", "A" * 86])
def test_made_up_proof_is_refused(proof: str) -> None:
    phone = Phone()
    given = devices.nonce(SECRET, phone.id, START)
    assert not devices.check_proof(SECRET, phone.point, given, proof, "", START)


async def test_registering_twice_keeps_one_device(database: Settings) -> None:
    phone = Phone()
    for _ in range(2):
        async with transaction() as connection:
            device = await devices.register(connection, phone.point, START)
    assert device.id == phone.id
    assert device.person_id is None
    assert bytes(device.point) == phone.point
    assert await Device.all().count() == 1


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), bytes(65), b"\x02" + b"x" * 32])
async def test_point_off_the_curve_is_no_device(database: Settings, point: bytes) -> None:
    with pytest.raises(Problem) as refused:
        async with transaction() as connection:
            await devices.register(connection, point, START)
    assert refused.value.code == "signature-invalid"
    assert await Device.all().count() == 0


async def test_person_enrols_a_fresh_key(database: Settings) -> None:
    person, phone = await make_person(role="officer"), Phone()
    device = await devices.enrol(person, "officer", phone.point, START, "Máy A", is_proven=False)
    assert (device.person_id, device.name) == (person.id, "Máy A")
    assert [e.name for e in await Event.all()] == ["device.enrolled"]


async def test_enrolling_again_changes_nothing(database: Settings) -> None:
    person, phone = await make_person(role="officer"), Phone()
    for _ in range(2):
        await devices.enrol(person, "officer", phone.point, START, is_proven=False)
    assert await Event.all().count() == 1


async def test_known_key_is_given_away_on_proof_alone(database: Settings) -> None:
    person, phone = await make_person(role=None), Phone()
    async with transaction() as connection:
        await devices.register(connection, phone.point, START)
    with pytest.raises(Problem) as refused:
        await devices.enrol(person, "citizen", phone.point, START, is_proven=False)
    assert refused.value.code == "signature-invalid"
    device = await devices.enrol(person, "citizen", phone.point, START, is_proven=True)
    assert device.person_id == person.id


async def test_device_of_another_person_stays_theirs(database: Settings) -> None:
    owner, other = await make_person("chu-may"), await make_person("nguoi-khac")
    phone = Phone()
    await devices.enrol(owner, "officer", phone.point, START, is_proven=True)
    with pytest.raises(Problem) as refused:
        await devices.enrol(other, "officer", phone.point, START, is_proven=True)
    assert refused.value.code == "not-allowed"
    assert (await Device.get(id=phone.id)).person_id == owner.id


async def test_revoked_device_is_not_enrolled_again(database: Settings, clock: FixedClock) -> None:
    person, phone = await make_person(role="officer"), Phone()
    await devices.enrol(person, "officer", phone.point, START, is_proven=True)
    for _ in range(2):
        await devices.revoke(phone.id, SYSTEM, clock.now())
    assert [e.name for e in await Event.all().order_by("seq")] == [
        "device.enrolled",
        "device.revoked",
    ]
    with pytest.raises(Problem):
        await devices.enrol(person, "officer", phone.point, START, is_proven=True)
    assert [d.id for d in await devices.of_person(person.id)] == [phone.id]
