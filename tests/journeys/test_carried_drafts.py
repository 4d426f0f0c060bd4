"""A draft goes over to a newer version of its form: all that differs is shown, nothing is lost."""

import json
import re
import shutil
import sqlite3
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.support.server_process import ROOT, ServerProcess

from . import axe
from .answers import short_birth
from .conftest import rows
from .filling import END
from .phone import Phone

OLD_AGENCY = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
NEW_QUESTION = "Tên thường gọi của bạn"
NEW_LABEL = "Họ và tên của cháu bé"
# The forms that the kept catalogue names, and whether the catalogue is whole.
CURRENT_FORMS = """async () => {
  const open = indexedDB.open('hoso');
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const asked = db.transaction('settings').objectStore('settings').get('catalogue');
  const kept = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return kept && kept.etag ? kept.catalogue.procedures.map(({form}) => form) : [];
}"""


def publish_new_version(server: ServerProcess, folder: Path) -> str:
    """A version with a question more, one less, one worded anew, and a choice less; its digest."""
    source = ROOT / "pwa" / "forms"
    shutil.copytree(source / "lists", folder / "lists")
    procedure = folder / "procedures" / "khai-sinh"
    shutil.copytree(source / "procedures" / "khai-sinh", procedure)
    form = procedure / "form.md"
    lines = []
    for line in form.read_text("utf-8").splitlines():
        if "| nyc_dien_thoai |" in line or line.startswith("|  | noi_cap | cuc_canh_sat |"):
            continue
        lines.append(line.replace("| Họ và tên của trẻ |", f"| {NEW_LABEL} |"))
        if "| nyc_so_dinh_danh |" in line:
            cells = ["", "", "text", "nyc_ten_goi", NEW_QUESTION, "What people call you", "", ""]
            cells += ["yes", *[""] * (line.count("|") - len(cells) - 1), ""]
            lines.append(" | ".join(cells).strip())
    text = "\n".join(lines) + "\n"
    form.write_text(re.sub(r"TK_KHAISINH \| \d+", "TK_KHAISINH | 2026112298", text), "utf-8")
    before = {digest for (digest,) in rows(server, "select digest from form_version")}
    server.command("forms", "publish", str(procedure))
    (digest,) = {digest for (digest,) in rows(server, "select digest from form_version")} - before
    return str(digest)


def begun(phone: Phone) -> str:
    """A draft on the old version, filled to its end; its address."""
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    draft = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    answers = short_birth() | {
        "Cơ quan nào cấp giấy này?": OLD_AGENCY,
        "Số điện thoại của bạn": "0912345678",
    }
    phone.fill(answers)
    return draft


def hear_of(phone: Phone, digest: str) -> None:
    """Open the app with a network until the new version is on the phone."""
    phone.visit()
    deadline = time.monotonic() + 20
    while digest not in phone.page.evaluate(CURRENT_FORMS):
        assert time.monotonic() < deadline, "the new version did not come"
        phone.page.wait_for_timeout(50)


def open_changed(phone: Phone, draft: str) -> None:
    phone.page.goto(phone.origin + draft)
    expect(phone.heading).to_have_text("Mẫu đơn đã đổi")


def section(phone: Phone, name: str) -> str:
    return phone.main.get_by_role("region", name=name).inner_text()


def finish(phone: Phone) -> None:
    """Answer what the new version misses, and send."""
    phone.fill(
        {NEW_QUESTION: "Mẫu", "Cơ quan nào cấp giấy này?": "Bộ Công an"}, until=END, is_begun=True
    )
    assert "0912345678" in section(phone, "Câu trả lời từ mẫu cũ")
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")


def test_draft_shows_what_is_new_changed_and_lost_and_is_sent_on_the_new_version(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    draft = begun(phone)
    digest = publish_new_version(server, tmp_path / "new")
    hear_of(phone, digest)
    open_changed(phone, draft)
    phone.look("form-changed")
    assert NEW_QUESTION in section(phone, "Câu mới")
    changed = section(phone, "Câu có thay đổi")
    assert NEW_LABEL in changed
    assert "Trước đây hỏi: Họ và tên của trẻ" in changed
    assert f"Bỏ: {OLD_AGENCY}" in changed
    lost = section(phone, "Câu trả lời không còn chỗ")
    assert "0912345678" in lost
    assert OLD_AGENCY in lost
    assert "Lò Thị Mẫu" not in lost
    assert axe.faults(phone.page) == []
    # Not decided yet: the old version is kept as it was, and asked about again.
    phone.page.reload()
    expect(phone.heading).to_have_text("Mẫu đơn đã đổi")
    phone.press("Giữ mẫu cũ")
    expect(phone.heading).to_have_text("Kiểm tra lại")
    expect(phone.main).to_contain_text("0912345678")
    phone.follow("Xem có gì khác")
    expect(phone.heading).to_have_text("Mẫu đơn đã đổi")
    phone.press("Chuyển sang mẫu mới")
    expect(phone.heading).to_contain_text(NEW_QUESTION)
    finish(phone)
    ((used, answers),) = rows(server, "select form_digest, answers from dossier")
    assert used == digest
    sent = json.loads(str(answers))
    assert sent["nguoi_duoc_khai_sinh"]["nks_ho_ten"] == "Lò Văn Thử"
    assert sent["nguoi_yeu_cau"]["nyc_ten_goi"] == "Mẫu"
    assert "nyc_dien_thoai" not in sent["nguoi_yeu_cau"]


def test_refusal_of_an_old_version_leads_to_the_new_one_and_no_way_back(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    begun(phone)
    server.kill()
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    digest = publish_new_version(server, tmp_path / "new")
    database = sqlite3.connect(server.data / "hoso.db")
    with database:
        database.execute(
            "update accepted_form set accepted_until = '2026-01-01 00:00:00+00:00'"
            " where accepted_until is not null"
        )
    database.close()
    server.start()
    phone.visit("/dossiers")
    phone.send_now()
    expect(phone.main).to_contain_text("Cần sửa lại")
    phone.main.get_by_role("link", name=re.compile("Đăng ký khai sinh")).first.click()
    phone.follow("Mở ra sửa")
    expect(phone.heading).to_have_text("Mẫu đơn đã đổi")
    expect(phone.main).to_contain_text("Mẫu cũ không còn được nhận")
    expect(phone.main.get_by_role("button", name="Giữ mẫu cũ")).to_have_count(0)
    phone.press("Chuyển sang mẫu mới")
    expect(phone.heading).to_contain_text(NEW_QUESTION)
    finish(phone)
    assert rows(server, "select form_digest from dossier") == [(digest,)]
