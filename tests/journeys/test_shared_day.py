"""An officer's day with a phone that a colleague uses too, from the desk's QR to the last one."""

import re
import sqlite3

import segno
from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .phone import Phone
from .test_passkeys import give_authenticator
from .test_shared_phone import OFFICER, OTHER_PIN, settings, waiting
from .test_two_communes import sign_in_by_code

COLLEAGUE = "Phà Mẫu Suy"


def enrolment_by_qr(desk: Desk, name: str) -> str:
    """The address in the picture that an administrator lets an officer's phone read."""
    desk.sign_in("quan-tri")
    desk.visit("/desk/people")
    desk.main.get_by_role("link", name=name).click()
    desk.main.get_by_role("button", name="Tạo liên kết thêm khóa").click()
    made = desk.main.get_by_role("status")
    link = made.locator("code").inner_text()
    desk.look("enrolment")
    # The picture says what the text says.
    drawn = segno.make(link, error="m").svg_data_uri(scale=5, border=4, light="white")
    assert made.get_by_role("img").get_attribute("src") == drawn
    return link.removeprefix(desk.server.origin)


def end_logins(server: ServerProcess) -> None:
    """All logins have run out while the server was away."""
    connection = sqlite3.connect(server.data / "hoso.db")
    with connection:
        done = connection.execute("update login set expires_at = '2026-01-01 00:00:00+00:00'")
        assert done.rowcount
    connection.close()


def test_officer_enrols_by_qr_shares_the_phone_all_day_and_the_queue_leaves_from_the_lock_screen(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon-y-ty", OTHER_PIN)
    give_authenticator(phone.page)
    phone.visit(enrolment_by_qr(desk, "Giàng A Thử"))
    phone.press("Tạo khóa trên máy này")
    expect(phone.heading).to_have_text(OFFICER)

    # Out in the villages, without a signal; the phone goes from hand to hand.
    server.kill()
    phone.begin_here("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    settings(phone)
    phone.press(f"Chuyển sang {COLLEAGUE}")
    phone.unlock(OTHER_PIN)
    phone.begin_here("Tẩn Thị Thử", helper=COLLEAGUE)
    phone.fill(short_birth(name="Tẩn Thị Thử"))
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")

    # Meanwhile their logins run out; the phone locks; back in the network it sends for both.
    end_logins(server)
    phone.page.reload()
    expect(phone.heading).to_have_text(f"Xin chào {COLLEAGUE}")
    expect(waiting(phone)).to_contain_text("1 hồ sơ chờ gửi")
    server.start()
    waiting(phone).get_by_role("button", name="Gửi ngay").click()
    expect(waiting(phone)).to_contain_text("Không có gì chờ gửi")
    phone.press(re.compile("^Giàng A Thử"))
    expect(phone.heading).to_have_text(OFFICER)
    expect(waiting(phone)).to_contain_text("Không có gì chờ gửi")
    helped = "select d.applicant_name, p.name from dossier d join person p on p.id = d.helper_id"
    assert sorted(rows(server, helped)) == [
        ("Lò Thị Mẫu", "Giàng A Thử"),
        ("Tẩn Thị Thử", COLLEAGUE),
    ]
    phone.press(re.compile("Mở bằng vân tay"))
    expect(phone.main.get_by_role("link", name="Làm hồ sơ mới")).to_be_visible()
