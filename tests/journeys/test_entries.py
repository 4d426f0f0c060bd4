"""People of a household one after another: the next one's questions are ready before they are
asked for."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.server_process import ServerProcess

from . import axe
from .phone import Phone

NAME = "Kê khai người trong nhà"
LIST = "Danh sách: Người trong nhà"
FORM = """
| survey |
| | type | name | label::vi | label::en | calculation | relevant | appearance |
| | begin_repeat | nguoi | Người trong nhà | Member | | | field-list |
| | text | ten | Tên người này | Name | | | |
| | date | sinh | Ngày sinh | Born | | | |
| | integer | tuoi | Tuổi | Age | | | |
| | text | nghe | Nghề nghiệp | Work | | ${tuoi} > 15 | |
| | calculate | thu | | | position(..) | | |
| | end_repeat | | | | | | |
| | calculate | so | | | count(${nguoi}) | | |
| | note | tong | Nhà có ${so} người. | ${so} people. | | | |
| settings |
| | form_id | version | default_language |
| | NGUOI_NHA | 1 | vi |
"""
PROCEDURE = f"""
form:
  id: NGUOI_NHA
  file: form.md
  title: {{vi: {NAME}, en: Members of a household}}
  languages: [vi, en]
procedures:
- code: '9.000002'
  slug: nguoi-nha
  name: {{vi: {NAME}, en: Members of a household}}
  field: {{vi: Ví dụ, en: Example}}
  authority: {{vi: Xã ví dụ, en: Example commune}}
  result: {{vi: Không có kết quả, en: No result}}
  online: full
  time_limit:
    unit: working_day
    value: 1
    text: {{vi: 1 ngày làm việc, en: 1 working day}}
  fee:
    text: {{vi: Không mất tiền, en: Free}}
"""


@pytest.fixture
def household(phone: Phone, server: ServerProcess, tmp_path: Path) -> Phone:
    """The list of people of a draft, with one in it."""
    folder = tmp_path / "nguoi-nha"
    folder.mkdir()
    (folder / "form.md").write_text(FORM, "utf-8")
    (folder / "procedure.yaml").write_text(PROCEDURE, "utf-8")
    server.command("forms", "publish", str(folder))
    server.stop()
    server.start()
    # A colour on its way from one button to another is no contrast to judge.
    phone.page.emulate_media(reduced_motion="reduce")
    phone.first_visit()
    phone.begin("Lò Thị Mẫu", NAME)
    phone.main.get_by_label("Tên người này").fill("Lò Thị Mẫu")
    phone.press("Tiếp tục")
    expect(phone.heading).to_have_text(LIST)
    return phone


def test_what_is_made_ready_is_neither_seen_nor_reached_before_it_is_asked_for(
    household: Phone,
) -> None:
    phone = household
    ready = phone.main.locator(".ahead")
    expect(ready).to_have_count(1)
    assert axe.faults(phone.page) == []
    phone.look("entries")
    expect(phone.main.get_by_role("textbox")).to_have_count(0)
    expect(phone.main.get_by_role("heading")).to_have_count(1)
    add = phone.main.get_by_role("button", name="Thêm một mục nữa")
    add.focus()
    phone.page.keyboard.press("Tab")
    expect(phone.main.get_by_role("button", name="Quay lại")).to_be_focused()
    assert phone.page.evaluate("document.documentElement.scrollHeight <= innerHeight")

    add.press("Enter")
    expect(phone.main.get_by_role("heading", name="Người trong nhà")).to_be_focused()
    expect(ready).to_have_count(0)
    expect(phone.main).to_contain_text("Mục 2")
    assert phone.page.evaluate("scrollY") == 0
    assert axe.faults(phone.page) == []
    phone.look("entry")


def test_entry_that_was_ready_is_filled_left_and_found_again(household: Phone) -> None:
    phone = household
    expect(phone.main.locator(".ahead")).to_have_count(1)
    phone.press("Thêm một mục nữa")
    phone.main.get_by_label("Tên người này").fill("Vàng Văn Ví Dụ")
    phone.main.get_by_label("Tuổi").fill("40")
    phone.main.get_by_label("Nghề nghiệp").fill("Trồng chè")
    # The phone's own button leads to the list, the next one back again.
    phone.page.go_back()
    expect(phone.heading).to_have_text(LIST)
    expect(phone.main.get_by_role("listitem")).to_have_count(2)
    phone.page.go_forward()
    expect(phone.main.get_by_label("Nghề nghiệp")).to_have_value("Trồng chè")
    # What is given is on the phone a moment later.
    phone.page.wait_for_timeout(1000)
    phone.page.reload()
    expect(phone.main.get_by_label("Tên người này")).to_have_value("Vàng Văn Ví Dụ")
    expect(phone.main.get_by_label("Nghề nghiệp")).to_have_value("Trồng chè")
    phone.press("Tiếp tục")
    expect(phone.main.get_by_role("listitem")).to_have_count(2)
    phone.press("Tiếp tục")
    expect(phone.heading).to_contain_text("Nhà có 2 người.")


def test_one_taken_out_and_another_language_leave_the_next_one_right(household: Phone) -> None:
    phone = household
    for _ in range(2):
        expect(phone.main.locator(".ahead")).to_have_count(1)
        phone.press("Thêm một mục nữa")
        phone.press("Tiếp tục")
        expect(phone.heading).to_have_text(LIST)
    phone.main.get_by_role("button", name="Xoá mục này 2").click()
    expect(phone.main.get_by_role("listitem")).to_have_count(2)
    phone.page.get_by_role("button", name="Ngôn ngữ").click()
    expect(phone.heading).to_have_text("List: Member")
    phone.press("Add another")
    expect(phone.main.get_by_label("Name")).to_be_visible()
    expect(phone.main).to_contain_text("Entry 3")
    phone.page.go_back()
    expect(phone.main.get_by_role("listitem")).to_have_count(3)
