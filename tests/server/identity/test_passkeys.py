"""Passkeys against an authenticator in software: the whole of WebAuthn but the lock screen."""

from datetime import timedelta
from typing import Any

import pytest

from server.errors import Problem
from server.events import SYSTEM
from server.identity import enrolments, passkeys
from server.identity.models import Challenge, Enrolment, Passkey, Person
from server.settings import Settings
from tests.support.application import START
from tests.support.authenticator import Authenticator
from tests.support.people import make_person


async def enrolled(settings: Settings, key: Authenticator, account: str = "mot") -> Person:
    person = await make_person(account)
    token = await enrolments.create(person, START)
    _, options = await passkeys.registration_options(settings, token, START)
    return await passkeys.register(settings, token, key.register(options), "Máy A", START)


async def refused(
    settings: Settings, answer: dict[str, Any], code: str = "passkey-refused"
) -> None:
    with pytest.raises(Problem) as problem:
        await passkeys.log_in(settings, answer, START)
    assert problem.value.code == code


async def test_enrolled_passkey_signs_in_without_a_name(database: Settings) -> None:
    key = Authenticator()
    person = await enrolled(database, key)
    options = await passkeys.login_options(database, START)
    assert "allowCredentials" not in options or options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert (await passkeys.log_in(database, key.log_in(options), START)).id == person.id
    assert (await Passkey.get()).used_at == START


async def test_registration_asks_for_a_discoverable_verified_key_with_prf(
    database: Settings,
) -> None:
    person = await make_person()
    token = await enrolments.create(person, START)
    found, options = await passkeys.registration_options(database, token, START)
    assert found.id == person.id
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["extensions"] == {"prf": {}}


async def test_link_adds_one_passkey_alone(database: Settings) -> None:
    person = await make_person()
    token = await enrolments.create(person, START)
    _, options = await passkeys.registration_options(database, token, START)
    _, again = await passkeys.registration_options(database, token, START)
    await passkeys.register(database, token, Authenticator().register(options), "", START)
    with pytest.raises(Problem) as problem:
        await passkeys.register(database, token, Authenticator().register(again), "", START)
    assert problem.value.code == "enrolment-invalid"
    assert await Passkey.all().count() == 1


async def test_answer_is_taken_once(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    answer = key.log_in(await passkeys.login_options(database, START))
    await passkeys.log_in(database, answer, START)
    await refused(database, answer)


async def test_challenge_ends_after_ten_minutes(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    options = await passkeys.login_options(database, START - timedelta(minutes=10))
    await refused(database, key.log_in(options))


async def test_challenge_of_registration_does_not_sign_in(database: Settings) -> None:
    key = Authenticator()
    person = await enrolled(database, key)
    token = await enrolments.create(person, START)
    _, options = await passkeys.registration_options(database, token, START)
    await refused(database, key.log_in({**options, "rpId": "localhost"}))


async def test_key_that_did_not_verify_its_person_is_refused(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    key.flags &= ~0x04
    await refused(database, key.log_in(await passkeys.login_options(database, START)))


async def test_answer_made_for_another_site_is_refused(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    key.origin = "https://evil.example"
    await refused(database, key.log_in(await passkeys.login_options(database, START)))


async def test_copied_key_is_noticed_by_its_counter(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    await passkeys.log_in(
        database, key.log_in(await passkeys.login_options(database, START)), START
    )
    key.counter -= 1
    await refused(database, key.log_in(await passkeys.login_options(database, START)))


async def test_key_without_counter_signs_in_again_and_again(database: Settings) -> None:
    key = Authenticator()
    key.counter = 0
    await enrolled(database, key)
    for _ in range(2):
        options = await passkeys.login_options(database, START)
        assert await passkeys.log_in(database, key.log_in(options), START)


async def test_revoked_passkey_is_refused(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    passkey = await Passkey.get()
    await passkeys.revoke(passkey.person_id, passkey.id, SYSTEM, START)
    await refused(database, key.log_in(await passkeys.login_options(database, START)))


async def test_passkey_of_a_closed_account_is_refused(database: Settings) -> None:
    key = Authenticator()
    person = await enrolled(database, key)
    await Person.filter(id=person.id).update(is_active=False)
    await refused(database, key.log_in(await passkeys.login_options(database, START)))


async def test_unknown_passkey_is_refused(database: Settings) -> None:
    options = await passkeys.login_options(database, START)
    await refused(database, Authenticator().log_in(options))


async def test_secret_of_the_phone_is_refused_unread(database: Settings) -> None:
    key = Authenticator()
    await enrolled(database, key)
    answer = key.log_in(await passkeys.login_options(database, START))
    answer["clientExtensionResults"] = {"prf": {"results": {"first": "c2VjcmV0"}}}
    await refused(database, answer, "secret-in-body")
    assert await Challenge.filter(purpose="login").count() == 1
    passkeys.refuse_secrets({"clientExtensionResults": {"prf": {"enabled": True}}})


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"id": 7, "response": None},
        {"id": "x", "response": {"clientDataJSON": "not base64!"}},
        {"id": "x", "response": {"clientDataJSON": "e30"}},
        {"response": {"clientDataJSON": 5}},
    ],
)
async def test_malformed_answer_is_refused(database: Settings, answer: dict[str, Any]) -> None:
    await refused(database, answer)


async def test_malformed_registration_leaves_the_link_good(database: Settings) -> None:
    person = await make_person()
    token = await enrolments.create(person, START)
    _, options = await passkeys.registration_options(database, token, START)
    answer = Authenticator().register(options)
    answer["response"]["attestationObject"] = "AAAA"
    with pytest.raises(Problem) as problem:
        await passkeys.register(database, token, answer, "", START)
    assert problem.value.code == "passkey-refused"
    assert (await Enrolment.get()).used_at is None


async def test_link_ends_after_a_week_and_is_kept_as_a_digest(database: Settings) -> None:
    person = await make_person()
    token = await enrolments.create(person, START)
    assert (await Enrolment.get()).token_digest != token
    assert (await enrolments.person_of(token, START + timedelta(days=6))).id == person.id
    for wrong, when in ((token, START + timedelta(days=7)), ("made-up", START)):
        with pytest.raises(Problem) as problem:
            await enrolments.person_of(wrong, when)
        assert problem.value.code == "enrolment-invalid"
