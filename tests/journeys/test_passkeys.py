"""Signing in with a passkey, on the phone and at the desk, through a virtual authenticator."""

import re

from playwright.sync_api import Page, expect

from tests.support.server_process import ServerProcess

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
