"""Without a pointer, and under axe's eyes: the whole way, every screen, every page of the desk."""

import re

from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from . import axe
from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .keyboard import Keys
from .papers import Paper
from .phone import BIRTH, Phone


def test_whole_way_from_home_to_sent_with_nothing_but_a_keyboard(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    phone.first_visit()
    hand = Keys(phone.page, papers["identity"].path)
    main = phone.main
    hand.press(main.get_by_role("link", name="Làm hồ sơ mới"))
    expect(phone.heading).to_be_focused()
    hand.press(main.get_by_role("link", name=re.compile(BIRTH)))
    expect(phone.heading).to_have_text(BIRTH)
    hand.press(main.get_by_role("button", name="Bắt đầu làm"))
    expect(phone.heading).to_have_text("Trước khi bắt đầu")
    hand.press(main.get_by_role("checkbox"), "Space")
    hand.press(main.get_by_role("button", name="Tiếp tục"))
    expect(phone.heading).to_have_text("Làm hồ sơ cho ai?")
    hand.choose("Cho tôi")
    hand.write_in("Họ, chữ đệm, tên", "Lò Thị Mẫu")
    communes = main.get_by_label("Nộp ở xã, phường nào?")
    hand.press(communes, "ArrowDown")
    expect(communes).not_to_have_value("")
    hand.press(main.get_by_role("button", name="Vào làm hồ sơ"))
    expect(phone.page).to_have_url(re.compile("/drafts/"))
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers["Chụp Giấy chứng sinh"] = papers["birth notice"].path
    phone.fill(answers, hand=hand)
    hand.press(main.get_by_role("button", name="Đúng rồi, sang bước gửi"))
    expect(phone.heading).to_have_text("Cam đoan và gửi")
    hand.press(main.get_by_role("checkbox"), "Space")
    hand.press(main.get_by_role("button", name="Gửi hồ sơ"))
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select applicant_name from dossier") == [("Lò Thị Mẫu",)]


def test_axe_finds_nothing_on_any_screen_of_the_app(
    phone: Phone, desk: Desk, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if faults := axe.faults(phone.page):
            found[name] = faults

    phone.each_screen = look
    phone.first_visit()
    look("home")
    for path in (
        "/procedures",
        "/dossiers",
        "/inbox",
        "/sign-in",
        "/settings",
        "/rescue",
        "/relay",
        "/storage",
        "/procedures/no/such",
    ):
        phone.visit(path)
        look(path)
    phone.begin("Lò Thị Mẫu")
    phone.press("Tiếp tục")
    expect(phone.main).to_contain_text("Xin chọn")
    look("fault")
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers["Chụp Giấy chứng sinh"] = papers["identity"].path
    phone.fill(answers)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    look("sent")
    phone.follow("Xem hồ sơ của tôi")
    address = phone.page.url.removeprefix(phone.origin)
    look("dossier")
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    desk.ask_supplement({"Chụp Giấy chứng sinh": "Chụp chỗ sáng hơn"}, "Nhờ chị chụp lại.")
    for path in ("/", "/dossiers", "/inbox", address):
        phone.visit(path)
        expect(phone.main).to_contain_text(re.compile("bổ sung|chụp lại"))
        look(f"{path}, supplement asked")
    phone.press("Mở phần cần bổ sung")
    expect(phone.page).to_have_url(re.compile("/drafts/"))
    look("supplement")
    phone.visit("/")
    phone.page.get_by_role("button", name="Ngôn ngữ").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    look("home in English")
    assert found == {}


def test_axe_finds_nothing_on_any_page_of_the_desk(
    phone: Phone, desk: Desk, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers["Chụp Giấy chứng sinh"] = papers["identity"].path
    phone.fill(answers)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if faults := axe.faults(desk.page):
            found[name] = faults

    desk.each_page = look
    desk.sign_in("mot-cua")
    for path in (
        "/desk/dossiers?search=khong-co",
        "/desk/held",
        "/desk/rescue",
        "/desk/rights",
        "/desk/me",
        "/desk/no-such-page",
    ):
        desk.visit(path)
        look(path)
    desk.open("Lò Thị Mẫu")
    desk.do("Tiếp nhận hồ sơ")
    address = desk.page.url.removeprefix(server.origin).partition("?")[0]
    desk.visit(f"{address}/slip")
    look("slip")
    desk.open("Lò Thị Mẫu")
    desk.ask_supplement({"Quê quán của trẻ": "Ghi rõ xã"}, "Xin ghi rõ quê quán.")
    look("supplement asked")
    desk.page.get_by_role("button", name="English").click()
    look("in English")
    desk.page.get_by_role("button", name="Tiếng Việt").click()
    desk.sign_out()
    desk.sign_in("quan-tri")
    desk.visit("/desk/procedures")
    look("procedures")
    desk.visit("/desk/people")
    look("people")
    desk.main.get_by_role("link", name="Giàng A Thử").click()
    desk.main.get_by_role("button", name="Tạo liên kết thêm khóa").click()
    expect(desk.main.get_by_role("img", name="Mã QR của liên kết đăng ký")).to_be_visible()
    look("one person")
    desk.visit("/verify")
    look("verify")
    desk.visit("/track?code=HS-0000-0000")
    look("track")
    desk.visit("/docs")
    look("interface description")
    assert found == {}
