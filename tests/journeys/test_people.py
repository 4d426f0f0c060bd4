"""People and machines, kept at the desk: a stolen phone is revoked where everybody can see it."""

from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from .conftest import rows
from .desk import Desk
from .phone import Phone
from .test_shared_phone import settings
from .test_two_communes import sign_in_by_code

PIN = "739154"


def test_administrator_revokes_a_stolen_phone_at_the_desk_and_it_hears_of_it(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    phone.pin = PIN
    desk.sign_in("quan-tri")
    desk.visit("/desk/people")
    desk.main.get_by_role("link", name="Giàng A Thử").click()
    expect(desk.heading).to_have_text("Giàng A Thử")
    desk.main.get_by_role("button", name="Thu hồi máy").click()
    expect(desk.main).to_contain_text("đã thu hồi")
    expect(desk.main.get_by_role("button", name="Thu hồi máy")).to_have_count(0)
    desk.look("person")
    ended = rows(server, "select revoked_at is not null from login where device_id is not null")
    assert ended == [(1,)]
    phone.page.reload()
    expect(phone.heading).to_have_text("Máy này đã bị thu hồi")
    # Whoever holds the phone now finds nobody's name on it.
    expect(phone.main).not_to_contain_text("Giàng A Thử")
    phone.press("Tôi đã hiểu")
    expect(phone.heading).to_have_text("Xin chào")
    settings(phone)
    expect(phone.main).not_to_contain_text("Giàng A Thử")
    names = "async () => (await indexedDB.databases()).map(({name}) => name).sort().join()"
    phone.page.wait_for_function(f"({names})().then((found) => found === 'hoso,hoso.own')")
