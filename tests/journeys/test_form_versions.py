"""Fourth data walk: a form is published anew while somebody is filling the version before."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import expect

from tests.support.server_process import ROOT, ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .filling import question_on
from .phone import BIRTH, Phone

NEW_LABEL = "Họ và tên của cháu bé"


def new_version(folder: Path) -> Path:
    """The procedure with one question worded anew, beside the lists it uses."""
    source = ROOT / "pwa" / "forms"
    shutil.copytree(source / "lists", folder / "lists")
    procedure = folder / "procedures" / "khai-sinh"
    shutil.copytree(source / "procedures" / "khai-sinh", procedure)
    form = procedure / "form.md"
    text = form.read_text("utf-8")
    assert "| Họ và tên của trẻ |" in text
    text = text.replace("| Họ và tên của trẻ |", f"| {NEW_LABEL} |")
    form.write_text(re.sub(r"TK_KHAISINH \| \d+", "TK_KHAISINH | 2026112299", text), "utf-8")
    return procedure


def test_draft_keeps_its_version_when_the_form_is_published_anew_and_is_accepted(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    draft = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    versions = rows(server, "select digest from form_version")
    server.command("forms", "publish", str(new_version(tmp_path / "new")))
    assert len(rows(server, "select digest from form_version")) == len(versions) + 1
    server.stop()
    server.start()
    # The phone hears of it: whoever begins now gets the new words.
    phone.first_visit()
    expect(phone.main.get_by_role("link", name=re.compile("Cho: Lò Thị Mẫu"))).to_be_visible()
    phone.begin("Giàng Thị Thử")
    second = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    answers = short_birth(name="Giàng Thị Thử")
    answers[NEW_LABEL] = answers.pop("Họ và tên của trẻ")
    phone.fill(answers)
    phone.resume(draft)
    assert question_on(phone.page) == "Bạn là gì của trẻ?"
    met = phone.fill(short_birth())
    assert "Họ và tên của trẻ" in met
    assert NEW_LABEL not in met
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.resume(second)
    phone.fill({})
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    used = rows(server, "select count(distinct form_digest), count(*) from dossier")
    assert used == [(2, 2)]


def test_closed_procedure_is_told_before_it_is_begun_and_refused_with_words_after(
    phone: Phone, desk: Desk, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    phone.fill(short_birth())
    server.kill()
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    server.start()
    desk.sign_in("quan-tri")
    desk.close_procedure(BIRTH)
    phone.visit("/dossiers")
    phone.send_now()
    expect(phone.main).to_contain_text("Cần sửa lại")
    phone.look("refused")
    phone.visit("/procedures")
    row = phone.main.get_by_role("link", name=re.compile(BIRTH))
    expect(row).to_contain_text("Tạm ngừng nhận")
    row.click()
    expect(phone.main.get_by_role("button", name="Bắt đầu làm")).to_have_count(0)
    phone.look("closed")
    assert rows(server, "select count(*) from dossier") == [(0,)]
