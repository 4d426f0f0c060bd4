"""An officer going from door to door: files for several people and is never one of them."""

import re

from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .phone import Phone
from .test_two_communes import officer_files, sign_in_by_code


def test_officer_signs_in_by_code_and_files_for_a_named_applicant(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    officer_files(phone, server, "can-bo-thon", "Lò Thị Mẫu")
    expect(phone.main).to_contain_text("Lò Thị Mẫu")
    expect(phone.main).to_contain_text("Giàng A Thử")
    named = rows(server, "select applicant_name, helper_name, helper_relation from dossier")
    assert named == [("Lò Thị Mẫu", "Giàng A Thử", "Cán bộ thôn, bản")]
    helper = rows(
        server,
        "select p.account from dossier d join person p on p.id = d.helper_id",
    )
    assert helper == [("can-bo-thon",)]
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    expect(desk.main).to_contain_text("Giàng A Thử")


def test_dossier_by_a_helper_nobody_knows_waits_until_the_desk_accepts_it(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu", helper="Vàng Văn Ví Dụ")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select count(*) from dossier") == [(0,)]
    desk.sign_in("mot-cua")
    desk.visit("/desk/held")
    waiting = desk.main.get_by_role("region", name="Lò Thị Mẫu")
    expect(waiting).to_contain_text("Vàng Văn Ví Dụ")
    desk.look("held")
    waiting.get_by_role("button", name="Nhận hồ sơ", exact=True).click()
    expect(waiting).to_have_count(0)
    assert rows(server, "select applicant_name, helper_name from dossier") == [
        ("Lò Thị Mẫu", "Vàng Văn Ví Dụ")
    ]
    desk.open("Lò Thị Mẫu")
    assert desk.answers()["Họ và tên của trẻ"] == "Lò Văn Thử"


def test_two_drafts_for_two_people_stand_side_by_side_and_keep_their_answers_apart(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon")
    for applicant in ("Lò Thị Mẫu", "Tẩn Thị Thử"):
        phone.begin(applicant, helper="Giàng A Thử")
        phone.main.get_by_role("radio", name="Mẹ", exact=True).check()
        phone.press("Tiếp tục")
        phone.main.get_by_role("textbox").fill(applicant)
        phone.press("Tiếp tục")
        phone.page.get_by_role("button", name="Lưu và thoát").click()
        expect(phone.page).to_have_url(phone.origin + "/")
    drafts = phone.main.get_by_role("region", name="Đang làm dở")
    expect(drafts.get_by_role("listitem")).to_have_count(2)
    phone.look("two-drafts")
    server.kill()
    phone.kill()
    phone.start()
    for applicant in ("Lò Thị Mẫu", "Tẩn Thị Thử"):
        phone.visit()
        phone.follow(re.compile(f"Cho: {applicant}"))
        phone.in_form()
        # Where it was left: the third question, with what was said before.
        expect(phone.heading).to_contain_text("Bạn có biết đủ ngày, tháng, năm sinh")
        phone.press("Quay lại")
        expect(phone.main.get_by_role("textbox")).to_have_value(applicant)
    server.start()
    phone.fill(short_birth(name="Tẩn Thị Thử"), is_begun=True)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.visit()
    expect(phone.main.get_by_role("region", name="Đang làm dở")).to_contain_text("Lò Thị Mẫu")
    assert rows(server, "select applicant_name, helper_name from dossier") == [
        ("Tẩn Thị Thử", "Giàng A Thử")
    ]
