"""What the agency does not take as it is: nothing is lost, and it is said what can be done."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.support.browsers import PHONE, Device
from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .filling import GO_ON
from .phone import BIRTH, Phone


def test_dossier_of_a_closed_procedure_stays_a_draft_and_is_taken_once_it_opens_again(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    phone.fill(short_birth())
    server.kill()
    phone.declare_and_send()
    server.start()
    desk.sign_in("quan-tri")
    desk.close_procedure(BIRTH)
    phone.visit("/dossiers")
    phone.send_now()
    expect(phone.main).to_contain_text("Thủ tục này tạm ngừng nhận qua mạng")
    expect(phone.main).to_contain_text("Không nhận")
    expect(phone.main).not_to_contain_text("Cần sửa lại")
    phone.look("refused")

    phone.follow(re.compile("Lò Thị Mẫu"))
    expect(phone.main).to_contain_text("Khi thủ tục mở lại")
    expect(phone.main).not_to_contain_text("Cần sửa lại")
    phone.look("refused-dossier")
    phone.press("Giữ câu trả lời làm bản làm dở")
    expect(phone.heading).to_have_text("Kiểm tra lại")
    assert rows(server, "select count(*) from dossier") == [(0,)]
    phone.page.get_by_role("button", name="Lưu và thoát").click()
    draft = phone.main.get_by_role("link", name=re.compile("Cho: Lò Thị Mẫu"))
    expect(draft).to_be_visible()
    phone.look("kept")

    desk.open_procedure(BIRTH)
    draft.click()
    phone.in_form()
    phone.press("Đúng rồi, sang bước gửi")
    # Declared before, for these very answers.
    expect(phone.main.get_by_role("checkbox")).to_be_checked()
    phone.press("Gửi hồ sơ")
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select count(*) from dossier") == [(1,)]
    phone.visit("/dossiers")
    expect(phone.main).not_to_contain_text("Không nhận")


def test_one_draft_sent_by_two_phones_is_kept_twice_and_a_person_at_the_desk_decides(
    phone: Phone,
    desk: Desk,
    server: ServerProcess,
    devices: Callable[[str, dict[str, object]], Device],
    tmp_path: Path,
    pictures: Path | None,
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    phone.fill(short_birth())
    address = phone.page.url.removeprefix(phone.origin)
    phone.device.close()
    copy = devices("copy", PHONE)
    shutil.copytree(tmp_path / "phone", tmp_path / "copy", dirs_exist_ok=True)

    phone.page = phone.device.open()
    phone.resume(address)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")

    other = Phone(copy, server.origin, pictures)
    other.resume(address)
    other.press(re.compile("Họ và tên của trẻ"))
    other.main.get_by_role("textbox").fill("Vàng Văn Ví Dụ")
    other.press(GO_ON)
    other.declare_and_send()
    expect(other.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select count(*) from dossier") == [(1,)]
    other.visit("/dossiers")
    other.follow(re.compile("Lò Thị Mẫu"))
    expect(other.main).to_contain_text("Cán bộ xã sẽ xem cả hai bản")
    expect(other.main).not_to_contain_text("Cần sửa lại")
    other.look("beside")

    desk.sign_in("mot-cua")
    desk.visit("/desk/held")
    desk.look("held")
    desk.main.get_by_role("link", name="So hai bản rồi quyết định").click()
    row = desk.main.get_by_role("row", name=re.compile("Họ và tên của trẻ"))
    row.filter(has_text="Vàng Văn Ví Dụ").get_by_role("radio").nth(1).check()
    desk.look("beside")
    desk.main.get_by_role("button", name="Gộp vào hồ sơ").click()
    expect(desk.page).to_have_url(re.compile("/desk/dossiers/"))
    assert rows(server, "select count(*) from dossier") == [(1,)]
    assert desk.answers()["Họ và tên của trẻ"] == "Vàng Văn Ví Dụ"
    other.visit("/dossiers")
    other.follow(re.compile("Lò Thị Mẫu"))
    expect(other.main).to_contain_text("Hai bản gửi đã gộp làm một")
    expect(other.main).not_to_contain_text("Cán bộ xã sẽ xem cả hai bản")
