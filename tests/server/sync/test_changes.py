"""Reading since a cursor: in order, nothing skipped, nobody else's."""

from datetime import timedelta

import pytest

from server.clock import FixedClock
from server.dossiers.models import Dossier
from server.identity.models import Device
from server.sync import changes
from server.sync.changes import changes_since
from server.sync.readers import Reader
from tests.support.desks import staff_of
from tests.support.mutations import submission
from tests.support.people import make_person, sign_in
from tests.support.phones import Phone

from .conftest import Post


async def filed(post: Post, phone: Phone, count: int) -> list[str]:
    payloads = [submission() for _ in range(count)]
    await post.send(phone, *payloads)
    return [payload["dossier"] for payload in payloads]


async def test_changes_come_page_by_page_in_the_order_of_their_events(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "PAGE", 2)
    ids = await filed(post, phone, 5)
    seen: list[str] = []
    cursor, more = None, True
    while more:
        reply = await post.read(phone, cursor)
        seen += [view["id"] for view in reply["changes"]]
        cursor, more = reply["cursor"], reply["more"]
    assert seen == ids


async def test_dossier_that_changes_comes_again_and_only_it(post: Post, phone: Phone) -> None:
    ids = await filed(post, phone, 3)
    cursor = (await post.read(phone))["cursor"]
    await staff_of(post.services).act("receive", ids[0])  # type: ignore[arg-type]
    reply = await post.read(phone, cursor)
    (view,) = reply["changes"]
    assert (view["id"], view["state"], view["number"]) == (
        ids[0],
        "received",
        "H38.02683-261123-0001",
    )
    assert view["dueOn"] == "2026-11-30"
    assert [entry["actor"]["role"] for entry in view["timeline"]] == ["citizen", "clerk"]


@pytest.mark.parametrize("cursor", ["", "x", "-1.abc", "5", "9" * 40 + ".abc", "1.2.3"])
async def test_cursor_that_is_not_ours_reads_from_the_beginning(
    post: Post, phone: Phone, cursor: str
) -> None:
    await filed(post, phone, 1)
    assert len((await post.read(phone, cursor))["changes"]) == 1


async def test_claimed_phone_reads_again_what_it_could_not_see_before(
    post: Post, phone: Phone
) -> None:
    await filed(post, phone, 1)
    cursor = (await post.read(phone))["cursor"]
    person = await make_person("dan", role=None)
    await Dossier.all().update(applicant_id=person.id)
    await Device.filter(id=phone.id).update(person_id=person.id)
    await sign_in(post.services, post.browser, person)
    assert len((await post.read(phone, cursor))["changes"]) == 1


async def test_person_without_a_phone_reads_with_the_login(post: Post, phone: Phone) -> None:
    await filed(post, phone, 2)
    person = await make_person("dan", role=None)
    first = await Dossier.first()
    assert first is not None
    await Dossier.filter(id=first.id).update(applicant_id=person.id)
    await sign_in(post.services, post.browser, person)
    assert [view["id"] for view in (await post.sync())["changes"]] == [str(first.id)]


async def test_revoked_phone_reads_nothing(post: Post, phone: Phone) -> None:
    await filed(post, phone, 1)
    await Device.filter(id=phone.id).update(revoked_at=post.services.clock.now())
    assert (await post.read(phone))["changes"] == []


async def test_revoked_phone_is_told_so_even_without_proof_and_others_are_not(
    post: Post, phone: Phone
) -> None:
    await filed(post, phone, 1)
    assert "device" not in await post.sync(device=phone.claim("none"))
    await Device.filter(id=phone.id).update(revoked_at=post.services.clock.now())
    assert (await post.sync(device=phone.claim("none")))["device"] == "revoked"
    assert "device" not in await post.sync(device=Phone().claim("none"))


async def test_old_nonce_proves_nothing(post: Post, phone: Phone, clock: FixedClock) -> None:
    await filed(post, phone, 1)
    nonce = (await post.sync(device=phone.claim("none")))["nonce"]
    clock.move(timedelta(days=31))
    assert (await post.sync(device=phone.claim(nonce)))["changes"] == []


async def test_reader_of_nothing_sees_nothing(post: Post, phone: Phone) -> None:
    await filed(post, phone, 1)
    assert (await changes_since(Reader(), None)).dossiers == []
    assert (await changes_since(None, "7")).cursor == "7"
