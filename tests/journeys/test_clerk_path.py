"""Second and third data walks: a dossier's whole way at the desk, with a supplement in between."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browsers import DESK, Device
from tests.support.server_process import ServerProcess

from .answers import Answer, short_birth
from .conftest import rows
from .desk import Desk
from .papers import Paper
from .phone import Phone
from .push import shown_notices, wake

NOTICE = "Chụp Giấy chứng sinh"
SENTENCE = "Ảnh giấy chứng sinh bị mờ, nhờ chị chụp lại. Xin ghi rõ quê quán."


def with_photo(papers: dict[str, Paper]) -> dict[str, Answer]:
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers[NOTICE] = papers["identity"].path
    return answers


def file(phone: Phone, answers: dict[str, Answer], applicant: str = "Lò Thị Mẫu") -> str:
    """Fill and send with a network; the dossier's address on the phone."""
    phone.first_visit()
    phone.begin(applicant)
    phone.fill(answers)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.follow("Xem hồ sơ của tôi")
    expect(phone.page).to_have_url(re.compile("/dossiers/"))
    return phone.page.url.removeprefix(phone.origin)


def test_clerk_asks_for_a_page_and_an_answer_and_the_citizen_mends_them_without_signal(
    phone: Phone, desk: Desk, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    address = file(phone, with_photo(papers))
    phone.see_pages(2, 2)
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    desk.do("Tiếp nhận hồ sơ")
    desk.ask_supplement({NOTICE: "Chụp chỗ sáng hơn", "Quê quán của trẻ": ""}, SENTENCE)

    # A push brings the news in and is shown, with no name of a person on the lock screen.
    phone.device.context.grant_permissions(["notifications"], origin=phone.origin)
    wake(phone.page, phone.origin, dossier=address.rpartition("/")[2])
    notice = shown_notices(phone.device.context)[-1]
    assert "bổ sung" in notice["body"]
    assert "Mẫu" not in notice["title"] + notice["body"]

    server.kill()
    phone.visit(address)
    expect(phone.main).to_contain_text(SENTENCE)
    phone.look("supplement")
    phone.press("Mở phần cần bổ sung")
    expect(phone.page).to_have_url(re.compile("/drafts/"))
    answered: list[str] = phone.fill(
        {
            "Quê quán của trẻ": "xã Y Tý, tỉnh Lào Cai",
            NOTICE: papers["birth notice"].path,
        }
    )
    assert sorted(answered) == sorted([NOTICE, "Quê quán của trẻ"])
    phone.declare_and_send(is_supplement=True)
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    server.start()
    phone.visit("/dossiers")
    phone.send_now()
    expect(phone.main.get_by_role("region", name="Đang gửi từ máy này")).to_have_count(0)

    desk.open("Lò Thị Mẫu")
    assert desk.answers()["Quê quán của trẻ"] == "xã Y Tý, tỉnh Lào Cai"
    seen = desk.pictures()[NOTICE][2]
    assert all(abs(a - b) < 40 for a, b in zip(seen, papers["birth notice"].colour, strict=True))
    assert rows(server, "select count(*) from dossier") == [(1,)]


def test_every_officer_does_their_step_and_the_citizen_sees_each(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    address = file(phone, short_birth())
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    desk.do("Tiếp nhận hồ sơ")
    number = desk.main.get_by_text(re.compile(r"^H38\.02683-\d{6}-\d{4}$")).first.inner_text()
    desk.main.get_by_role("link", name="In giấy tiếp nhận và hẹn trả").click()
    expect(desk.heading).to_have_text("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    expect(desk.main).to_contain_text(number)
    desk.look("slip")
    desk.open("Lò Thị Mẫu")
    desk.do("Chuyển chuyên viên", person="Vàng Văn Ví Dụ")
    desk.sign_out()
    desk.sign_in("chuyen-vien")
    desk.open("Lò Thị Mẫu")
    desk.do("Trình lãnh đạo duyệt", reason="Đủ giấy tờ, đề nghị ký.")
    desk.sign_out()
    desk.sign_in("lanh-dao")
    desk.open("Lò Thị Mẫu")
    desk.do("Phê duyệt", reason="Đồng ý.")
    desk.sign_out()
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    desk.do("Hoàn thành, có kết quả", reason="Mời đến nhận trong giờ làm việc.")
    desk.do("Đã trả kết quả")

    phone.visit(address)
    expect(phone.main).to_contain_text("Đã trả kết quả")
    expect(phone.main).to_contain_text(number)
    assert phone.timeline() == [
        "Đã trả kết quả",
        "Đã có kết quả. Mời đến nhận",
        "Lãnh đạo đã duyệt",
        "Đã trình lãnh đạo",
        "Đã chuyển cho chuyên viên",
        "Đã tiếp nhận, có số và ngày hẹn",
        "Hồ sơ đã đến nơi",
    ]
    phone.look("timeline")
    phone.tab("Tin báo")
    expect(phone.main.get_by_role("listitem").first).to_contain_text("Đã trả kết quả")
    phone.look("inbox")


def test_second_press_on_an_old_page_changes_nothing_and_says_so(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    file(phone, short_birth())
    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    old: Page = desk.device.context.new_page()
    old.goto(desk.page.url)
    desk.do("Tiếp nhận hồ sơ")
    old.get_by_role("main").get_by_role("button", name="Tiếp nhận hồ sơ", exact=True).click()
    expect(old.get_by_role("alert")).to_be_visible()
    assert rows(server, "select count(*) from event where name = 'dossier.received'") == [(1,)]


def test_desk_without_scripts_receives_asks_and_forwards(
    phone: Phone,
    devices: Callable[[str, dict[str, object]], Device],
    server: ServerProcess,
    papers: dict[str, Paper],
) -> None:
    address = file(phone, with_photo(papers))
    phone.see_pages(2, 2)
    desk = Desk(devices("plain-desk", {**DESK, "java_script_enabled": False}), server)
    desk.sign_in("mot-cua")
    assert desk.applicants() == ["Lò Thị Mẫu"]
    desk.open("Lò Thị Mẫu")
    assert desk.pictures()[NOTICE][0] > 0
    desk.do("Tiếp nhận hồ sơ")
    desk.ask_supplement({"Quê quán của trẻ": "Ghi rõ xã"}, SENTENCE)
    phone.visit(address)
    phone.press("Mở phần cần bổ sung")
    expect(phone.page).to_have_url(re.compile("/drafts/"))
    phone.fill({"Quê quán của trẻ": "xã Y Tý, tỉnh Lào Cai"})
    phone.declare_and_send(is_supplement=True)
    expect(phone.heading).to_have_text("Đã gửi xong")
    desk.open("Lò Thị Mẫu")
    assert desk.answers()["Quê quán của trẻ"] == "xã Y Tý, tỉnh Lào Cai"
    desk.do("Chuyển chuyên viên", person="Vàng Văn Ví Dụ")
    desk.sign_out()
