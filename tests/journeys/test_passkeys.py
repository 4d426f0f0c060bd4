"""Signing in with a passkey, on the phone and at the desk, through a virtual authenticator."""

import re

from playwright.sync_api import Page, expect

from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .phone import Phone

AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}


def give_authenticator(page: Page) -> None:
    """A fingerprint reader that always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def enrolment_link(server: ServerProcess, account: str) -> str:
    """A fresh one-time link for a person, made by the administrator."""
    printed = server.command("people", "enrol", account)
    found = re.search(r"/enrol/\S+", printed)
    assert found, printed
    return found.group()


def test_officer_enrols_by_link_signs_out_and_comes_back_without_typing_a_name(
    phone: Phone, server: ServerProcess
) -> None:
    give_authenticator(phone.page)
    link = enrolment_link(server, "can-bo-thon")
    phone.visit(link)
    phone.press("Tạo khóa trên máy này")
    expect(phone.heading).to_have_text(re.compile("Giàng A Thử"))

    phone.visit("/settings")
    expect(phone.page.get_by_role("button", name="Mở bằng vân tay")).to_be_visible()
    phone.press(re.compile("Mở bằng vân tay"))
    phone.press(re.compile("Đăng xuất|Ra khỏi"))
    phone.visit("/sign-in")
    phone.press(re.compile("khóa"))
    expect(phone.heading).to_have_text(re.compile("Giàng A Thử"))


def test_enrolment_link_works_once(phone: Phone, server: ServerProcess) -> None:
    give_authenticator(phone.page)
    link = enrolment_link(server, "can-bo-thon")
    phone.visit(link)
    phone.press("Tạo khóa trên máy này")
    expect(phone.heading).to_have_text(re.compile("Giàng A Thử"))
    phone.visit(link)
    phone.press("Tạo khóa trên máy này")
    expect(phone.main).to_contain_text("đã dùng hoặc hết hạn")


def test_passkey_removed_at_the_desk_locks_nobody_out_of_the_phone_and_loses_nothing(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    give_authenticator(phone.page)
    phone.visit(enrolment_link(server, "can-bo-thon"))
    phone.press("Tạo khóa trên máy này")
    expect(phone.heading).to_have_text("Xin chào Giàng A Thử")
    phone.begin_here("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.fill(short_birth())
    server.kill()
    phone.declare_and_send()
    phone.page.reload()
    waiting = phone.main.get_by_role("region", name="Đang chờ gửi")
    expect(waiting).to_contain_text("1 hồ sơ chờ gửi")

    # While the phone lies locked, the passkey that locks it is removed at the desk.
    server.start()
    desk.sign_in("quan-tri")
    desk.visit("/desk/people")
    desk.main.get_by_role("link", name="Giàng A Thử").click()
    desk.main.get_by_role("button", name="Xóa khóa").click()
    expect(desk.main).to_contain_text("Chưa có khóa nào")

    # What was sent leaves from the lock screen; the finger still opens what lies on the phone.
    if waiting.get_by_role("button", name="Gửi ngay").count():
        waiting.get_by_role("button", name="Gửi ngay").click()
    expect(waiting).to_contain_text("Không có gì chờ gửi")
    assert rows(server, "select applicant_name from dossier") == [("Lò Thị Mẫu",)]
    phone.press(re.compile("Mở bằng vân tay"))
    expect(waiting).to_have_count(0)

    # Reading asks for a sign-in: the removed passkey is refused in plain words, a code is not.
    phone.visit("/sign-in")
    phone.press("Đăng nhập bằng khóa trên máy")
    expect(phone.main.get_by_role("alert")).to_contain_text("Xã không còn nhận khóa trên máy này")
    phone.look("removed")
    known = len(server.codes("can-bo-thon"))
    phone.main.get_by_label("Tên tài khoản hoặc số điện thoại").fill("can-bo-thon")
    phone.press("Lấy mã")
    phone.main.get_by_label("Mã một lần").fill(server.code_after("can-bo-thon", known))
    phone.press("Vào", exact=True)
    phone.press(re.compile("Mở bằng vân tay"))
    phone.tab("Hồ sơ")
    expect(phone.main).to_contain_text("Lò Thị Mẫu")


def test_clerk_signs_in_at_the_desk_with_the_passkey_of_the_machine(
    desk: Desk, server: ServerProcess
) -> None:
    page = desk.page
    give_authenticator(page)
    page.goto(server.origin + enrolment_link(server, "mot-cua"))
    page.get_by_role("button", name="Tạo khóa trên máy này").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lò Thị Mẫu")

    page.get_by_role("link", name="Vào bàn làm việc một cửa").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy này").click()
    expect(page).to_have_url(re.compile("/desk/dossiers$"))
    expect(page.get_by_role("banner")).to_contain_text("Lò Thị Mẫu")
