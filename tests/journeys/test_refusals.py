"""What the agency will not take, whatever the person mends: said as such, and nothing is lost."""

import re

from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .phone import BIRTH, Phone


def press_for_birth(desk: Desk, button: str) -> None:
    """Close or open birth registration at the desk."""
    desk.visit("/desk/procedures")
    row = desk.main.get_by_role("row", name=re.compile(BIRTH))
    row.get_by_role("button", name=re.compile(button)).click()


def test_dossier_of_a_procedure_that_closed_meanwhile_is_kept_and_sent_when_it_opens_again(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.device.context.set_offline(True)
    phone.begin("Lò Thị Mẫu")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    desk.sign_in("quan-tri")
    press_for_birth(desk, "Tạm dừng nhận")

    phone.visit("/dossiers")
    leaving = phone.main.get_by_role("region", name="Đang gửi từ máy này")
    phone.device.context.set_offline(False)
    expect(leaving).to_contain_text("Không nhận")
    expect(leaving).not_to_contain_text("Cần sửa lại")
    leaving.get_by_role("link", name=re.compile("Lò Thị Mẫu")).click()
    expect(phone.main).to_contain_text("Thủ tục này tạm ngừng nhận")
    expect(phone.main.get_by_role("link", name="Mở ra sửa")).to_have_count(0)
    phone.look("refused-for-good")
    phone.press("Bỏ hồ sơ này khỏi máy")
    phone.press("Thôi")
    phone.press("Giữ câu trả lời làm bản làm dở")
    phone.in_form()
    assert rows(server, "select count(*) from dossier") == [(0,)]

    press_for_birth(desk, "Mở lại")
    phone.visit()
    phone.follow(re.compile("Cho: Lò Thị Mẫu"))
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select count(*) from dossier") == [(1,)]
