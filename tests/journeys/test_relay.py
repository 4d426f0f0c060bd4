"""What one phone cannot send, another carries: as a file, from screen to camera, or to the desk."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browsers import PHONE, Device
from tests.support.server_process import ServerProcess

from .answers import Answer, short_birth
from .conftest import rows
from .desk import Desk
from .papers import Paper
from .phone import Phone

CARRIED = "Giàng A Thử"
# Of a moving code: how many different frames are filmed, and how long each stays before the lens.
FILMED, STILL = 34, 8

Maker = Callable[[str, dict[str, object]], Device]


def with_photo(papers: dict[str, Paper]) -> dict[str, Answer]:
    """A short birth registration with one photographed paper, and the name drawn on the screen."""
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers["Chụp Giấy chứng sinh"] = papers["birth notice"].path
    return answers


def sent_without_network(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> tuple[str, Path]:
    """A phone known to the server, with a dossier it cannot send: its code, and its rescue file."""
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.visit("/dossiers")
    expect(phone.main.get_by_role("region", name="Đang gửi từ máy này")).to_have_count(0)
    phone.device.context.set_offline(True)
    phone.begin(CARRIED)
    phone.fill(with_photo(papers))
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    assert rows(server, "select count(*) from dossier") == [(1,)]
    phone.visit("/dossiers")
    phone.follow("Chưa gửi được? Gửi bằng máy khác")
    expect(phone.heading).to_have_text("Gửi bằng máy khác")
    phone.look("rescue")
    with phone.page.expect_download() as saving:
        phone.press("Lưu thành tệp")
    file = phone.device.folder.parent / saving.value.suggested_filename
    saving.value.save_as(file)
    expect(phone.main).to_contain_text("Đã tạo tệp")
    phone.look("rescue-saved")
    code = re.search(r"HS-[0-9A-Z]{4}-[0-9A-Z]{4}", file.name)
    assert code
    return code[0], file


def back_online(phone: Phone) -> None:
    """The first phone hears the server again: what was carried is settled by itself."""
    phone.device.context.set_offline(False)
    phone.visit("/dossiers")
    expect(phone.main.get_by_role("region", name="Đang gửi từ máy này")).to_have_count(0)
    agency = phone.main.get_by_role("region", name="Ở cơ quan")
    expect(agency.get_by_role("link", name=re.compile(CARRIED))).to_be_visible()


def test_another_phone_carries_a_file_and_the_first_settles_by_itself(
    phone: Phone, server: ServerProcess, devices: Maker, papers: dict[str, Paper]
) -> None:
    code, file = sent_without_network(phone, server, papers)
    assert CARRIED.encode() not in file.read_bytes()

    other = Phone(devices("other", PHONE), server.origin)
    other.first_visit()
    other.visit("/dossiers")
    other.follow("Gửi hộ người khác")
    expect(other.heading).to_have_text("Gửi hộ người khác")
    other.device.context.set_offline(True)
    other.main.get_by_label("Chọn tệp .hoso").set_input_files(file)
    expect(other.main).to_contain_text("Đã nhận 1 hồ sơ và 2 ảnh")
    carried = other.main.get_by_role("listitem").filter(has_text=code)
    expect(carried).to_contain_text("Hộ người khác")
    expect(carried).not_to_contain_text(CARRIED)
    other.look("carried")

    # The network is back: nobody presses anything.
    other.device.context.set_offline(False)
    expect(carried).to_have_count(0)
    applicants = "select applicant_name from dossier order by submitted_at"
    assert rows(server, applicants) == [("Lò Thị Mẫu",), (CARRIED,)]
    assert rows(server, "select count(*) from dossier_page where received_at is null") == [(0,)]

    back_online(phone)
    assert rows(server, "select count(*) from dossier") == [(2,)]
    assert rows(server, "select count(*) from mutation") == [(2,)]


def test_a_file_brought_to_the_desk_is_filed_without_anyone_reading_it(
    phone: Phone, desk: Desk, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    code, file = sent_without_network(phone, server, papers)
    desk.sign_in("mot-cua")
    desk.page.get_by_role("link", name="Nhận tệp hồ sơ").click()
    for words in ("Đã nhận", "Đã có từ trước"):
        desk.main.get_by_label("Tệp .hoso").set_input_files(file)
        desk.main.get_by_role("button", name="Nhận tệp").click()
        result = desk.main.get_by_role("status")
        expect(result).to_contain_text(code)
        expect(result).to_contain_text(words)
        expect(result).to_contain_text("Đã có 2 trên 2 ảnh")
        desk.look("rescue")
    assert sorted(desk.applicants()) == [CARRIED, "Lò Thị Mẫu"]
    back_online(phone)
    assert rows(server, "select count(*) from dossier") == [(2,)]


def test_a_text_goes_from_screen_to_camera_and_its_photo_follows_from_its_own_phone(
    phone: Phone, server: ServerProcess, devices: Maker, papers: dict[str, Paper], tmp_path: Path
) -> None:
    code, _ = sent_without_network(phone, server, papers)
    phone.press("Cho máy khác quét mã")
    expect(phone.main).to_contain_text("Đưa mã này trước máy ảnh")
    phone.look("moving-code")
    film = filmed(phone.page, tmp_path / "codes.mjpeg")
    phone.press("Xong, dừng lại")

    device = devices("other", PHONE)
    device.switches = [
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    other = Phone(device, server.origin)
    other.first_visit()
    other.visit("/relay")
    device.context.set_offline(True)
    other.press("Quét mã trên máy kia")
    expect(other.main).to_contain_text(re.compile(r"Đã đọc \d+ trên \d+ phần"))
    other.look("scanning")
    expect(other.main).to_contain_text("Đã nhận 1 hồ sơ", timeout=90_000)
    expect(other.main.get_by_role("listitem").filter(has_text=code)).to_be_visible()

    device.context.set_offline(False)
    expect(other.main).to_contain_text("Đã gửi hết phần mang hộ")
    assert rows(server, "select count(*) from dossier") == [(2,)]
    assert rows(server, "select count(*) from dossier_page where received_at is null") == [(2,)]
    back_online(phone)
    assert rows(server, "select count(*) from dossier_page where received_at is null") == [(0,)]


def filmed(page: Page, film: Path) -> Path:
    """The moving code as a camera before the screen sees it, some frames of it missed."""
    code = page.get_by_role("img", name="Mã đang chạy")
    code.scroll_into_view_if_needed()
    box: Any = code.bounding_box()
    pictures: list[bytes] = []
    seen: set[str | None] = set()
    while len(pictures) < FILMED:
        path = code.locator("path").get_attribute("d")
        if path not in seen:
            pictures.append(page.screenshot(type="jpeg", quality=90, clip=box))
        seen.add(path)
        page.wait_for_timeout(50)
    film.write_bytes(b"".join(picture * STILL for picture in pictures))
    return film
