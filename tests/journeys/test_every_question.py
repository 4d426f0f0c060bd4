"""One form with every kind of question, filled and sent: each control works and is kept."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.support.server_process import ServerProcess

from . import axe
from .answers import SIGN, Answer, Day
from .desk import Desk
from .filling import question_on
from .papers import Paper
from .phone import Phone

FOLDER = Path(__file__).parent / "showcase" / "procedures" / "moi-loai"
NAME = "Xem mọi loại câu hỏi"
PLACES = [(22.5321, 103.8901), (22.5329, 103.8915), (22.5312, 103.8922)]

# The browser under test has no voices of its own.
VOICE = """() => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  speechSynthesis.getVoices = () => [{lang: 'vi-VN', localService: true}];
  speechSynthesis.speak = (sentence) => window.spoken.push(sentence.text);
}"""


@pytest.fixture
def answers(phone: Phone, papers: dict[str, Paper], tmp_path: Path) -> dict[str, Answer]:
    """What somebody says to each question, by its words."""
    paper = papers["identity"].path
    document, film = tmp_path / "don.pdf", tmp_path / "duong.webm"
    document.write_bytes(b"%PDF-1.4\n" + bytes(3000))
    film.write_bytes(b"\x1aE\xdf\xa3" + bytes(3000))

    def walked(count: int) -> Callable[[Locator], None]:
        def walk_it(main: Locator) -> None:
            for latitude, longitude in PLACES[:count]:
                phone.device.context.set_geolocation(
                    {"latitude": latitude, "longitude": longitude, "accuracy": 12}
                )
                main.get_by_role("button", name="Thêm điểm nơi tôi đứng").click()
                main.get_by_role("button", name="Giữ vị trí này").click()
            expect(main.get_by_role("status").first).to_contain_text(f"{count} điểm")

        return walk_it

    return {
        "Mẫu này có mọi loại câu hỏi. Xem trang của xã.": greeting,
        "Họ và tên": "Lò Thị Mẫu",
        "Kể lại sự việc": "Mưa to.\nĐường hỏng.",
        "Số trên giấy": "0123",
        "Địa chỉ trang mạng": "https://example.vn/xa",
        "Mã bí mật": secret,
        "Số tiền (đồng)": money,
        "Diện tích (ha)": "2,5",
        "Mức độ hài lòng": slide,
        "Nhiệt độ": lambda main: main.get_by_role("combobox").select_option("37.5"),
        "Cho mấy sao?": lambda main: main.get_by_role("button", name="4 trên 5 sao").click(),
        "Bạn có đồng ý không?": quick,
        "Trồng cây gì nhiều nhất?": "Ngô",
        "Cây gì ít nhất?": "Quế",
        "Còn trồng cây gì nữa?": several,
        "Dịch vụ ở xã thế nào?": "Tốt",
        "Bạn ở bản nào?": "Bản Đao",
        "Bạn đã đến những bản nào?": villages,
        "Đánh giá từng việc": table,
        "Cây gì cho thu nhập?": pictured,
        "Xếp cây từ quan trọng nhất": rank,
        "Ngày sinh": Day(date(1990, 3, 15)),
        "Tháng cưới": lambda main: boxes(main, Tháng="5", Năm="2015"),
        "Năm xây nhà": lambda main: boxes(main, Năm="2020"),
        "Giờ hẹn": lambda main: boxes(main, Giờ="8", Phút="05"),
        "Xảy ra lúc nào?": lambda main: boxes(
            main, Ngày="2", Tháng="9", Năm="2026", Giờ="14", Phút="30"
        ),
        "Nhà ở đâu?": place,
        "Đường vào bản": walked(2),
        "Ranh giới thửa đất": walked(3),
        "Chụp giấy tờ": paper,
        "Chụp chân dung": lambda main: take(main, "Chụp ảnh", paper),
        "Ký tên": SIGN,
        "Vẽ sơ đồ nhà": draw,
        "Nói thay cho viết": record,
        "Quay đoạn đường hỏng": lambda main: keep(main, "Chọn video có sẵn", film, "Đoạn video"),
        "Tệp kèm theo": lambda main: keep(main, "Chọn tệp", document, "Tệp PDF"),
        "Mã trên thẻ": scan,
    }


def test_every_kind_of_question_is_answered_kept_and_read_at_the_desk(
    phone: Phone, desk: Desk, server: ServerProcess, answers: dict[str, Answer]
) -> None:
    server.command("forms", "publish", str(FOLDER))
    server.stop()
    server.start()
    phone.device.context.grant_permissions(["geolocation", "camera", "microphone"])
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if faults := axe.faults(phone.page):
            found[f"{name}: {question_on(phone.page)}"] = faults

    # A colour on its way from one button to another is no contrast to judge.
    phone.page.emulate_media(reduced_motion="reduce")
    phone.each_screen = look
    phone.first_visit()
    phone.begin("Lò Thị Mẫu", NAME)
    # The form's own pictures and sounds are on the phone by now.
    server.stop()
    phone.fill(answers)
    server.start()
    said = phone.main.locator("dl.answers")
    for words in (
        "1250000",
        "2,5",
        "37,5",
        "Ngô\nChè",
        "Bản Ví Dụ 2\nBản Đao",
        "1. Lúa",
        "05/2015",
        "08:05",
        "14:30, 02/09/2026",
        "Đã có 3 điểm",
        "Bản ghi âm",
        "Tệp PDF, 3 KB",
    ):
        expect(said.filter(has_text=re.compile(re.escape(words))).first).to_be_visible()
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert not found, "\n".join(f"{name}\n  " + "\n  ".join(told) for name, told in found.items())

    desk.sign_in("mot-cua")
    desk.open("Lò Thị Mẫu")
    recording = desk.main.locator("audio")
    expect(recording).to_have_count(1)
    address = recording.get_attribute("src") or ""
    answer = desk.page.request.get(server.origin + address)
    assert answer.headers["content-type"] == "audio/webm"
    assert "sandbox" in answer.headers["content-security-policy"]
    expect(desk.main.locator("video")).to_have_count(1)
    saved = desk.main.get_by_role("link", name=re.compile("Tải tệp về")).get_attribute("href")
    document = desk.page.request.get(f"{server.origin}{saved}")
    assert document.headers["content-disposition"].startswith("attachment")
    assert document.body().startswith(b"%PDF-")


def test_dossier_is_withdrawn_and_its_receipt_shown_as_a_code(
    phone: Phone, server: ServerProcess, answers: dict[str, Answer]
) -> None:
    server.command("forms", "publish", str(FOLDER))
    server.stop()
    server.start()
    phone.first_visit()
    phone.begin("Lò Thị Mẫu", NAME)
    phone.fill({"Họ và tên": "Lò Thị Mẫu"})
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.follow("Xem hồ sơ của tôi")
    phone.press("Hiện mã để kiểm tra")
    expect(phone.main.get_by_role("img", name="Mã QR của biên nhận")).to_be_visible()
    phone.look("receipt")
    assert axe.faults(phone.page) == []
    phone.press("Xin rút hồ sơ")
    phone.press("Đúng, xin rút")
    expect(phone.main).to_contain_text("Hãy ghi vì sao bạn rút.")
    phone.main.get_by_label("Vì sao bạn rút hồ sơ?").fill("Nộp nhầm xã")
    phone.look("withdraw")
    assert axe.faults(phone.page) == []
    phone.press("Đúng, xin rút")
    expect(phone.main).to_contain_text("Đang xin rút")
    expect(phone.main.get_by_role("button", name="Xin rút hồ sơ")).to_have_count(0)
    phone.look("withdrawn")


def test_question_is_read_aloud_with_its_choices_where_the_phone_has_a_voice(phone: Phone) -> None:
    phone.page.add_init_script(f"({VOICE})()")
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    listen = phone.main.get_by_role("button", name=re.compile("^Nghe: Bạn là gì của trẻ"))
    listen.click()
    expect(phone.main.get_by_role("button", name=re.compile("^Dừng: "))).to_be_visible()
    phone.look("listening")
    (sentence,) = phone.page.evaluate("window.spoken")
    assert sentence.startswith("Bạn là gì của trẻ? ")
    assert " Mẹ." in sentence
    assert axe.faults(phone.page) == []


def greeting(main: Locator) -> None:
    expect(main.get_by_role("link", name="trang của xã")).to_have_attribute(
        "rel", "noopener noreferrer"
    )
    main.get_by_text("Xem thêm hướng dẫn").click()
    expect(main.get_by_text("Đây là mẫu để xem thử.")).to_be_visible()
    main.get_by_role("button", name=re.compile("^Nghe")).click()


def pictured(main: Locator) -> None:
    picture = main.locator("label.choice img")
    expect(picture.first).to_have_js_property("naturalWidth", 96)
    expect(main.get_by_role("button", name="Nghe: Ngô")).to_be_visible()
    main.get_by_role("radio", name="Ngô").check()


def secret(main: Locator) -> None:
    box = main.get_by_label("Mã bí mật")
    box.fill("bí mật")
    expect(box).to_have_attribute("type", "password")
    main.get_by_role("button", name="Hiện chữ").click()
    expect(box).to_have_attribute("type", "text")
    expect(box).to_have_value("bí mật")


def money(main: Locator) -> None:
    box = main.get_by_role("textbox")
    box.fill("1.250000")
    box.blur()
    expect(box).to_have_value("1.250.000")


def slide(main: Locator) -> None:
    more = main.get_by_role("button", name="Thêm")
    for _ in range(4):
        more.click()
    expect(main.get_by_role("slider")).to_have_value("3")
    main.get_by_role("slider").press("ArrowRight")
    expect(main.locator("output")).to_have_text("4")


def quick(main: Locator) -> None:
    main.get_by_role("radio", name="Có", exact=True).click()
    heading = main.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Trồng cây gì nhiều nhất?")
    main.get_by_role("button", name="Quay lại").click()
    expect(main.get_by_role("radio", name="Có", exact=True)).to_be_checked()


def several(main: Locator) -> None:
    for label in ("Chè", "Ngô"):
        main.get_by_role("checkbox", name=label).check()


def villages(main: Locator) -> None:
    search = main.get_by_role("combobox")
    for typed, label in (("ban dao", "Bản Đao"), ("vi du 2", "Bản Ví Dụ 2"), ("7", "Bản Ví Dụ 7")):
        search.fill(typed)
        search.press("ArrowDown")
        search.press("Enter")
        expect(main.get_by_role("button", name=f"Bỏ chọn {label}")).to_be_visible()
    main.get_by_role("button", name="Bỏ chọn Bản Ví Dụ 7").click()
    expect(main.get_by_text("Đã chọn 2")).to_be_visible()


def table(main: Locator) -> None:
    for question in ("Hộ tịch", "Đất đai"):
        main.get_by_role("group", name=question).get_by_role("radio", name="Vừa").check()


def rank(main: Locator) -> None:
    up = main.get_by_role("button", name='Đưa "Lúa" lên trên')
    up.focus()
    up.press("Enter")
    # At the top the way up rests, and the focus waits on the way down.
    expect(main.get_by_role("button", name='Đưa "Lúa" xuống dưới')).to_be_focused()
    expect(main.get_by_role("listitem").first).to_contain_text("Lúa")


def boxes(main: Locator, **digits: str) -> None:
    for label, typed in digits.items():
        main.get_by_role("textbox", name=label, exact=True).fill(typed)


def place(main: Locator) -> None:
    main.page.context.set_geolocation({"latitude": 22.5321, "longitude": 103.8901, "accuracy": 9})
    main.get_by_role("button", name="Lấy vị trí nơi tôi đứng").click()
    expect(main.get_by_text("sai số khoảng 9 m")).to_be_visible()
    expect(main.get_by_text("22.53210, 103.89010")).to_be_visible()


def take(main: Locator, label: str, photo: Path) -> None:
    main.get_by_label(label, exact=True).set_input_files(photo)
    expect(main.get_by_role("img", name=re.compile("^Ảnh: "))).to_be_visible()


def keep(main: Locator, label: str, file: Path, kind: str) -> None:
    expect(main.get_by_text("8.0 MB".replace(".", ","))).to_be_visible()
    wrong = file.with_suffix(".exe")
    wrong.write_bytes(b"MZ" + bytes(100))
    main.get_by_label(label, exact=True).set_input_files(wrong)
    expect(main.locator(".fault")).to_contain_text("Không nhận loại tệp này")
    main.get_by_label(label, exact=True).set_input_files(file)
    expect(main.get_by_text(f"{kind}, 3 KB")).to_be_visible()


def draw(main: Locator) -> None:
    pad = main.get_by_role("img", name="Vẽ vào khung")
    pad.scroll_into_view_if_needed()
    pad.click(position={"x": 60, "y": 60})
    main.get_by_role("button", name="Giữ hình vẽ").click()
    expect(main.get_by_role("img", name="Đã vẽ")).to_be_visible()


def record(main: Locator) -> None:
    main.get_by_role("button", name="Bấm để nói").click()
    expect(main.get_by_text("Đang ghi 0:01")).to_be_visible()
    main.get_by_role("button", name="Dừng ghi").click()
    expect(main.get_by_text(re.compile("^Bản ghi âm, "))).to_be_visible()


def scan(main: Locator) -> None:
    main.get_by_role("button", name="Quét mã bằng máy ảnh").click()
    expect(main.locator("video")).to_be_visible()
    main.get_by_role("button", name="Thôi quét").click()
    main.get_by_role("textbox").fill("8935000000017")
