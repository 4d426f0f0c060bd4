"""Fourth data walk: a form is published anew while somebody is filling the version before."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import expect

from tests.support.server_process import ROOT, ServerProcess

from .answers import Answer, short_birth
from .conftest import rows
from .desk import Desk
from .phone import BIRTH, Phone

OLD_LABEL = "Họ và tên của trẻ"
NEW_LABEL = "Họ và tên của cháu bé"


def new_version(folder: Path) -> Path:
    """The procedure with one question worded anew, beside the lists it uses."""
    source = ROOT / "pwa" / "forms"
    shutil.copytree(source / "lists", folder / "lists")
    procedure = folder / "procedures" / "khai-sinh"
    shutil.copytree(source / "procedures" / "khai-sinh", procedure)
    form = procedure / "form.md"
    text = form.read_text("utf-8")
    assert f"| {OLD_LABEL} |" in text
    text = text.replace(f"| {OLD_LABEL} |", f"| {NEW_LABEL} |")
    form.write_text(re.sub(r"TK_KHAISINH \| \d+", "TK_KHAISINH | 2026112299", text), "utf-8")
    return procedure


def publish_anew(phone: Phone, server: ServerProcess, folder: Path) -> None:
    """The form changes on the server, and the phone hears of it."""
    before = set(rows(server, "select digest from form_version"))
    server.command("forms", "publish", str(new_version(folder)))
    ((digest,),) = set(rows(server, "select digest from form_version")) - before
    server.stop()
    server.start()
    phone.first_visit(form=str(digest))


def test_draft_keeps_its_version_when_the_form_is_published_anew_and_is_accepted(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    draft = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    publish_anew(phone, server, tmp_path / "new")
    # Whoever begins now gets the new words.
    phone.begin("Giàng Thị Thử")
    phone.fill(in_new_words(short_birth(name="Giàng Thị Thử")))
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")

    phone.resume(draft)
    expect(phone.heading).to_have_text("Mẫu đơn đã đổi")
    phone.look("form-changed")
    phone.press("Giữ mẫu cũ")
    expect(phone.heading).to_have_text("Bạn là gì của trẻ?")
    met = phone.fill(short_birth())
    assert OLD_LABEL in met
    assert NEW_LABEL not in met
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    used = rows(server, "select count(distinct form_digest), count(*) from dossier")
    assert used == [(2, 2)]


def test_draft_carried_to_the_new_version_keeps_its_answers(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    draft = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    phone.fill(short_birth())
    publish_anew(phone, server, tmp_path / "new")
    phone.resume(draft)
    phone.press("Chuyển sang mẫu mới")
    expect(phone.heading).not_to_have_text("Mẫu đơn đã đổi")
    phone.fill({})
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(
        server,
        "select f.version from dossier d join form_version f on f.digest = d.form_digest",
    ) == [("2026112299",)]


def in_new_words(answers: dict[str, Answer]) -> dict[str, Answer]:
    """The same answers by the questions of the new version."""
    return {NEW_LABEL if one == OLD_LABEL else one: said for one, said in answers.items()}


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
    expect(phone.main).to_contain_text("Không nhận")
    expect(phone.main).to_contain_text("Thủ tục này tạm ngừng nhận qua mạng")
    phone.look("refused")
    phone.visit("/procedures")
    row = phone.main.get_by_role("link", name=re.compile(BIRTH))
    expect(row).to_contain_text("Tạm ngừng nhận")
    row.click()
    expect(phone.main.get_by_role("button", name="Bắt đầu làm")).to_have_count(0)
    phone.look("closed")
    assert rows(server, "select count(*) from dossier") == [(0,)]
