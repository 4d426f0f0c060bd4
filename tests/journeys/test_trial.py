"""A form is tried by its link: one request, nothing kept, with or without the app on the phone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.support.server_process import ROOT, ServerProcess, free_port

from . import axe
from .conftest import rows
from .papers import Paper
from .phone import Phone

BANNER = "Bản xem thử: không lưu, không gửi đi đâu."
# Far axes, a checksum, an order to put things in: each lies in a later part of the script.
FORM = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | calculation |
| | text | ten | Tên con trâu | Name of the buffalo | |
| | calculate | dau | | | digest(${ten}, 'SHA-256', 'hex') |
| | note | thay | Dấu: ${dau} | Mark: ${dau} | |
| | rank ưu | thu_tu | Việc nào trước? | What comes first? | |
| | image | anh | Ảnh con trâu | Picture of the buffalo | |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | ưu | an | Cho ăn | Feed |
| | ưu | tam | Cho tắm | Wash |
| settings |
| | form_id | form_title | default_language |
| | TRAU | Khai báo trâu | Tiếng Việt (vi) |
"""
ADDRESSES = "performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"


def digest_of(server: ServerProcess) -> str:
    """The form of birth registration."""
    ((digest,),) = rows(server, "select form_digest from procedure where slug = 'khai-sinh'")
    return str(digest)


@pytest.fixture
def preview(client: None, tmp_path: Path) -> Iterator[str]:
    """The address where an author's own form is tried."""
    file = tmp_path / "form.md"
    file.write_text(FORM, "utf-8")
    port = free_port()
    command = [sys.executable, "-m", "server", "forms", "preview", str(file), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while b"http://127.0.0.1" not in process.stdout.readline():
            assert process.poll() is None
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def open_preview(phone: Phone, address: str) -> None:
    """As soon as the command listens."""
    for _ in range(100):
        try:
            phone.page.goto(address)
            break
        except PlaywrightError:
            phone.page.wait_for_timeout(100)
    expect(phone.main).to_contain_text(BANNER)


def test_author_tries_a_form_that_was_never_published(
    phone: Phone, preview: str, papers: dict[str, Paper]
) -> None:
    open_preview(phone, preview)
    phone.main.get_by_role("textbox", name="Tên con trâu").fill("Ví Dụ")
    phone.press("Tiếp tục")
    expect(phone.main).to_contain_text(re.compile("Dấu: [0-9a-f]{64}"))
    # Words too long for a line do not make the page wider.
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
    phone.press("Tiếp tục")
    phone.press('Đưa "Cho tắm" lên trên')
    phone.press("Tiếp tục")
    photo = papers["identity"].path
    phone.main.get_by_label("Chọn ảnh", exact=True).set_input_files(photo)
    expect(phone.main).to_contain_text("Đã giữ ảnh")
    # Another language in the middle: what was answered stays, the picture too.
    phone.page.get_by_role("button", name=re.compile("Ngôn ngữ")).click()
    expect(phone.heading).to_contain_text("Picture of the buffalo")
    expect(phone.main.get_by_role("img").last).to_be_visible()
    phone.press("Check")
    expect(phone.main).to_contain_text("Ví Dụ")
    phone.page.get_by_role("button", name=re.compile("Language")).click()
    phone.press("Đúng rồi, sang bước gửi")
    expect(phone.heading).to_have_text("Hết mẫu đơn")
    expect(phone.main).to_contain_text('"ten": "Ví Dụ"')
    expect(phone.main).to_contain_text('"thu_tu": "tam an"')


def test_form_is_tried_without_account_and_nothing_is_kept(
    phone: Phone, server: ServerProcess
) -> None:
    digest = digest_of(server)
    phone.visit(f"/preview/{digest}")
    expect(phone.main).to_contain_text(BANNER)
    assert axe.faults(phone.page) == []
    phone.main.get_by_role("radio", name="Mẹ", exact=True).check()
    phone.press("Tiếp tục")
    expect(phone.heading).to_contain_text("Họ và tên của bạn")
    phone.visit(f"/preview/{digest}?q=declare")
    expect(phone.heading).to_have_text("Hết mẫu đơn")
    assert axe.faults(phone.page) == []
    assert phone.page.evaluate("indexedDB.databases()") == []
    assert phone.page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    phone.visit()
    expect(phone.main.get_by_role("link", name=re.compile("^Cho:"))).to_have_count(0)


def test_link_asks_for_nothing_but_its_page_and_breaks_no_rule_of_it(
    phone: Phone, server: ServerProcess
) -> None:
    phone.visit(f"/preview/{digest_of(server)}")
    expect(phone.main.get_by_role("radio", name="Mẹ", exact=True)).to_be_visible()
    asked = set(phone.page.evaluate(ADDRESSES)) - {"/icons/icon.svg"}
    assert asked == set()
    assert phone.device.console == []


def test_link_may_name_a_language(phone: Phone, server: ServerProcess) -> None:
    phone.visit(f"/preview/{digest_of(server)}?language=en")
    expect(phone.main).to_contain_text("Preview: nothing is kept and nothing is sent.")
    expect(phone.heading).to_have_text("What are you to the child?")


def test_unknown_form_is_told_in_words(phone: Phone) -> None:
    phone.visit(f"/preview/{'0' * 64}")
    expect(phone.main).to_contain_text("Không có mẫu đơn này trên máy chủ.")


def test_app_on_the_phone_shows_the_form_of_a_link_itself(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.page.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.visit(f"/preview/{digest_of(server)}")
    expect(phone.main).to_contain_text(BANNER)
    asked = phone.page.evaluate(ADDRESSES)
    assert any(address.startswith("/assets/main-") for address in asked)
    phone.main.get_by_role("radio", name="Mẹ", exact=True).check()
    phone.press("Tiếp tục")
    expect(phone.heading).to_contain_text("Họ và tên của bạn")
    # Nor is anything of it kept here.
    phone.visit()
    expect(phone.main.get_by_role("link", name=re.compile("^Cho:"))).to_have_count(0)
