"""People and machines at the desk: kept by administrators, each within their charge."""

import re
from datetime import timedelta

import httpx2
import pytest

from server.clock import FixedClock
from server.events import Event
from server.identity import devices
from server.identity.backend import roles_of
from server.identity.models import Device, Enrolment, Login, OneTimeCode, Passkey, Person
from tests.support.application import START
from tests.support.people import BAT_XAT, Y_TY, make_person, sign_in
from tests.support.phones import Phone

from .conftest import Hall, words_of


@pytest.fixture
async def officer(hall: Hall) -> Person:
    """A village officer with a passkey, a phone and a browser signed in on it."""
    person = await make_person("can-bo-thon", "officer", BAT_XAT, "Giàng A Thử")
    await Passkey.create(id="khoa", person=person, public_key=b"", name="Máy cũ", created_at=START)
    phone = Phone()
    await devices.enrol(person, "officer", phone.point, START, "Samsung A05", is_proven=True)
    async with hall.server.browser() as browser:
        await sign_in(hall.services, browser, person)
    await Login.filter(person_id=person.id).update(device_id=phone.id)
    return person


async def press(hall: Hall, person: Person, act: str, **fields: str) -> httpx2.Response:
    browser = await hall.at("administrator")
    return await browser.post(f"/desk/people/{person.id}/{act}", data=fields)


async def test_administrator_sees_keys_phones_and_browsers_of_a_person(
    hall: Hall, officer: Person
) -> None:
    browser = await hall.at("administrator")
    assert "Giàng A Thử" in words_of(await browser.get("/desk/people?search=giàng"))
    shown = words_of(await browser.get(f"/desk/people/{officer.id}"))
    for word in ("Cán bộ thôn · Xã Bát Xát", "Máy cũ", "Samsung A05", "Thu hồi máy"):
        assert word in shown


async def test_revoked_phone_ends_its_logins_and_is_in_the_log(hall: Hall, officer: Person) -> None:
    (device,) = await devices.of_person(officer.id)
    answer = await press(hall, officer, "revoke-device", id=device.id)
    assert answer.status_code == 303
    assert (await Device.get(id=device.id)).revoked_at is not None
    assert (await Login.get(person_id=officer.id)).revoked_at is not None
    event = await Event.get(name="device.revoked")
    assert (event.actor_role, event.data) == ("administrator", {"device": device.id})
    browser = await hall.at("administrator")
    assert "đã thu hồi" in words_of(await browser.get(f"/desk/people/{officer.id}"))


async def test_removed_passkey_signs_its_person_out_everywhere(hall: Hall, officer: Person) -> None:
    await press(hall, officer, "revoke-passkey", id="khoa")
    assert (await Passkey.get(id="khoa")).revoked_at is not None
    assert (await Login.get(person_id=officer.id)).revoked_at is not None
    assert await Event.exists(name="passkey.revoked")
    assert (await press(hall, officer, "revoke-passkey", id="khoa")).status_code == 404


async def test_link_and_code_are_shown_once_and_logged(hall: Hall, officer: Person) -> None:
    made = await press(hall, officer, "enrol")
    assert re.search(r"http://localhost:8000/enrol/[\w-]{43}", made.text)
    assert "data:image/svg+xml" in made.text
    assert await Enrolment.filter(person_id=officer.id).count() == 1
    told = await press(hall, officer, "code")
    assert re.search(r"<strong>\d{6}</strong>", told.text)
    assert await OneTimeCode.filter(person_id=officer.id).count() == 1
    assert await Event.filter(name__in=["enrolment.created", "code.issued"]).count() == 2


async def test_closed_account_is_signed_out_and_opens_again(hall: Hall, officer: Person) -> None:
    await press(hall, officer, "close")
    assert not (await Person.get(id=officer.id)).is_active
    assert (await Login.get(person_id=officer.id)).revoked_at is not None
    assert (await press(hall, officer, "code")).status_code == 404
    await press(hall, officer, "reopen")
    assert (await Person.get(id=officer.id)).is_active


async def test_person_is_added_and_roles_come_and_go(hall: Hall) -> None:
    browser = await hall.at("administrator")
    fields = {"name": "Vàng Văn Ví Dụ", "account": "vi-du", "role": "clerk", "commune": BAT_XAT}
    answer = await browser.post("/desk/people", data=fields)
    person = await Person.get(account="vi-du")
    assert answer.headers["location"].startswith(f"/desk/people/{person.id}")
    await press(hall, person, "appoint", role="officer", commune=Y_TY)
    await press(hall, person, "dismiss", role="clerk", commune=BAT_XAT)
    assert [(one.role, one.commune) for one in await roles_of(person)] == [("officer", Y_TY)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"account": "Ô-a", "name": "A", "role": "clerk", "commune": BAT_XAT}, "không hợp lệ"),
        ({"account": "", "name": "A", "role": "clerk", "commune": BAT_XAT}, "Còn thiếu"),
        ({"account": "a-b", "name": "A", "role": "king", "commune": BAT_XAT}, "Không có vai trò"),
        ({"account": "a-b", "name": "A", "role": "clerk", "commune": "99999"}, "không nhận hồ sơ"),
        ({"account": "a-b", "name": "A", "role": "clerk", "commune": ""}, "không nhận hồ sơ"),
    ],
)
async def test_what_does_not_fit_is_said_on_the_page(
    hall: Hall, fields: dict[str, str], told: str
) -> None:
    answer = await (await hall.at("administrator")).post("/desk/people", data=fields)
    assert answer.status_code == 422
    assert told in words_of(answer)


async def test_administrator_of_a_commune_keeps_its_people_alone(
    hall: Hall, officer: Person
) -> None:
    chief = await make_person("chu-tich", "administrator", BAT_XAT, "Hoàng Thị Thí Nghiệm")
    inspector = await make_person("thanh-tra", "auditor", "", "Trần Thử")
    neighbour = await make_person("y-ty", "clerk", Y_TY, "Sần Thị Ví Dụ")
    async with hall.server.browser() as browser:
        await sign_in(hall.services, browser, chief)
        listed = words_of(await browser.get("/desk/people"))
        assert "Giàng A Thử" in listed
        assert "Trần Thử" not in listed
        assert "Sần Thị Ví Dụ" not in listed
        for stranger in (inspector, neighbour):
            assert (await browser.get(f"/desk/people/{stranger.id}")).status_code == 403
            answer = await browser.post(f"/desk/people/{stranger.id}/enrol")
            assert answer.status_code == 403
        for role, commune in (("clerk", Y_TY), ("administrator", "")):
            fields = {"role": role, "commune": commune}
            answer = await browser.post(f"/desk/people/{officer.id}/appoint", data=fields)
            assert answer.status_code == 403
            fields = {"account": "moi", "name": "Mới", "role": role, "commune": commune}
            assert (await browser.post("/desk/people", data=fields)).status_code == 403


async def test_stale_login_is_asked_to_sign_in_again_and_comes_back(
    hall: Hall, officer: Person, clock: FixedClock
) -> None:
    browser = await hall.at("administrator")
    clock.move(timedelta(minutes=16))
    page = f"/desk/people/{officer.id}"
    answer = await browser.post(
        f"{page}/close", headers={"Referer": f"http://localhost:8000{page}?done=enrol"}
    )
    assert answer.headers["location"] == f"/desk/sign-in?again&next={page}"
    assert "đăng nhập lại, rồi bấm lần nữa" in words_of(
        await browser.get(answer.headers["location"])
    )
    assert (await Person.get(id=officer.id)).is_active


async def test_approving_needs_a_fresh_sign_in(hall: Hall, clock: FixedClock) -> None:
    dossier = await hall.file()
    await hall.at("approver")
    clock.move(timedelta(minutes=16))
    answer = await hall.act("approver", dossier, "approve")
    assert answer.headers["location"] == "/desk/sign-in?again&next=/desk"


async def test_everybody_sees_their_own_account_and_ends_other_logins(hall: Hall) -> None:
    browser, other = await hall.at("clerk"), hall.server.browser()
    clerk = await Person.get(account=f"clerk-{BAT_XAT}")
    await sign_in(hall.services, other, clerk)
    shown = await browser.get("/desk/me")
    (name,) = re.findall(r'name="id" value="([0-9a-f]{24})"', shown.text)
    assert "Máy này" in words_of(shown)
    assert (await browser.post("/desk/me/end-login", data={"id": name})).status_code == 303
    assert (await other.get("/identity/me")).status_code == 401
    assert (await browser.get("/identity/me")).status_code == 200
    assert (await browser.post("/desk/me/code")).status_code == 404
    assert (await browser.post("/desk/me/close")).status_code == 404
    await other.aclose()
