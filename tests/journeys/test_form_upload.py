"""An administrator brings a spreadsheet: mends it, tries it, publishes it; a phone gets it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyxform.xls2json_backends import md_table_to_workbook

from tests.support.browsers import PHONE
from tests.support.server_process import ROOT, ServerProcess

from .axe import faults
from .conftest import rows
from .desk import Desk
from .phone import BIRTH, Phone
from .test_form_versions import NEW_LABEL, OLD_LABEL

SOURCE = ROOT / "pwa" / "forms" / "procedures" / "khai-sinh" / "form.md"
LISTS = sorted((ROOT / "pwa" / "forms" / "lists").glob("*.csv"))
VERSION = "2026112299"


def workbook(file: Path, *changes: tuple[str, str]) -> Path:
    """The official form as the spreadsheet an author would have, with some words changed."""
    text = re.sub(r"TK_KHAISINH \| \d+", f"TK_KHAISINH | {VERSION}", SOURCE.read_text("utf-8"))
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    md_table_to_workbook(text).save(file)
    return file


def bring(desk: Desk, file: Path) -> None:
    """Choose the form and its lists, and upload them."""
    desk.visit("/desk/forms")
    row = desk.main.get_by_role("row", name=re.compile(BIRTH))
    row.get_by_role("link", name="Tải mẫu mới lên").click()
    expect(desk.main.get_by_role("checkbox", name=re.compile(BIRTH))).to_be_checked()
    desk.main.get_by_label("Tệp biểu mẫu").set_input_files(file)
    desk.main.get_by_label("Tệp đi kèm").set_input_files(LISTS)
    desk.look("form-new")
    desk.main.get_by_role("button", name="Tải lên và kiểm tra").click(timeout=60_000)
    expect(desk.heading).to_have_text(file.name, timeout=60_000)


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_form_is_mended_tried_and_published_from_the_desk(
    desk: Desk, phone: Phone, server: ServerProcess, tmp_path: Path, has_script: bool
) -> None:
    if not has_script:
        without_script(desk.page)
    desk.sign_in("quan-tri")
    label = f"| {OLD_LABEL} |"
    broken = workbook(tmp_path / "hong.xlsx", (label, f"| {NEW_LABEL} ${{khong_co}} |"))
    bring(desk, broken)
    desk.look("form-faulty")
    expect(desk.main.get_by_role("status")).to_contain_text("Chưa công bố được: 1 lỗi")
    fault = desk.main.get_by_role("region", name=re.compile("Lỗi phải sửa"))
    expect(fault.get_by_role("rowheader")).to_have_text(
        re.compile(r"^Trang survey, dòng \d+, cột label::Tiếng Việt \(vi\)$")
    )
    expect(fault).to_contain_text("Không có câu hỏi nào tên “khong_co”")
    expect(fault).to_contain_text("Could not find the name 'khong_co'")
    expect(desk.main.get_by_role("button", name="Công bố")).to_have_count(0)

    bring(desk, workbook(tmp_path / "khai-sinh-moi.xlsx", (label, f"| {NEW_LABEL} |")))
    desk.look("form-good")
    changes = desk.main.get_by_role("region", name="Khác gì với mẫu đang dùng")
    expect(changes).to_contain_text(f"“{OLD_LABEL}” → “{NEW_LABEL}”")
    trial = desk.main.get_by_role("link", name="Xem thử mẫu đơn").get_attribute("href")
    assert trial is not None
    assert rows(server, "select count(*) from form_version where version = ?", VERSION) == [(0,)]
    phone.page.goto(server.origin + trial)
    expect(phone.main.get_by_role("heading", level=1)).to_have_text("Bạn là gì của trẻ?")
    phone.look("form-trial")

    desk.main.get_by_role("button", name="Công bố").click(timeout=60_000)
    expect(desk.heading).to_have_text("Đã công bố biểu mẫu")
    desk.look("form-published")
    desk.visit("/desk/forms")
    desk.look("forms")
    expect(desk.main.get_by_role("row", name=re.compile(BIRTH))).to_contain_text(VERSION)
    if has_script:
        digest = trial.rpartition("/")[2]
        phone.first_visit(form=digest)


def without_script(page: Page) -> None:
    """The desk without its script: every page must work all the same."""
    page.route("**/*.js", lambda route: route.abort())


def test_pages_of_forms_fit_a_narrow_window_and_are_accessible(
    desk: Desk, server: ServerProcess, tmp_path: Path
) -> None:
    desk.page.set_viewport_size(PHONE["viewport"])
    desk.sign_in("quan-tri")
    bring(desk, workbook(tmp_path / "hep.xlsx", (f"| {OLD_LABEL} |", f"| {NEW_LABEL} |")))
    desk.look("form-good-narrow")
    good = desk.page.url.removeprefix(server.origin)
    bring(desk, workbook(tmp_path / "hong.xlsx", (f"| {OLD_LABEL} |", "| ${khong_co} |")))
    faulty = desk.page.url.removeprefix(server.origin)
    for path in ("/desk/forms", "/desk/forms/new", good, faulty):
        desk.visit(path)
        desk.look("narrow")
        overflow = "document.documentElement.scrollWidth - window.innerWidth"
        assert desk.page.evaluate(overflow) <= 0
        assert faults(desk.page) == []
