"""What goes wrong on real phones: no space, no signal at first, a file that is no photo."""

import contextlib
import re
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Route, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.support.server_process import ServerProcess

from .answers import Answer, short_birth
from .conftest import rows
from .filling import question_on
from .papers import Paper
from .phone import Phone

PHOTO_QUESTION = "Chụp Giấy chứng sinh"


def at_photo_question(phone: Phone) -> None:
    """Fill until the photo of the birth notice is asked for."""
    answers = short_birth()
    answers["Trẻ có Giấy chứng sinh không?"] = "Có giấy"
    answers.pop("Người yêu cầu ký tên")
    phone.begin("Lò Thị Mẫu")
    phone.fill(answers, until=PHOTO_QUESTION)
    assert question_on(phone.page) == PHOTO_QUESTION


def set_quota(page: Page, origin: str, size: int) -> CDPSession:
    """Let the browser give this origin no more than `size` bytes, until the session is detached."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})
    return cdp


def full_at_photo_question(phone: Phone) -> CDPSession:
    """A draft at its photo question on a phone without room; `detach` gives the room back.

    A browser asks for its quota at the first write after it starts, and believes that for half a
    minute; `estimate()` speaks of gigabytes all the while.
    """
    phone.first_visit()
    at_photo_question(phone)
    phone.page.get_by_role("button", name="Lưu và thoát").click()
    expect(phone.page).to_have_url(phone.origin + "/")
    phone.device.close()

    phone.page = phone.device.open()
    limit = set_quota(phone.page, phone.origin, 1)
    phone.visit()
    phone.follow(re.compile("Cho: Lò Thị Mẫu"))
    phone.in_form()
    assert question_on(phone.page) == PHOTO_QUESTION
    return limit


def test_full_phone_says_what_to_do_and_loses_nothing(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    limit = full_at_photo_question(phone)
    phone.main.get_by_label("Chọn ảnh", exact=True).set_input_files(papers["identity"].path)
    expect(phone.main).to_contain_text("Máy hết chỗ chứa")
    phone.look("full")

    limit.detach()
    phone.fill({PHOTO_QUESTION: papers["identity"].path, **signature()})
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    assert rows(server, "select count(*) from dossier") == [(1,)]


def test_file_that_is_no_photo_is_refused_in_words_and_the_question_stays_open(
    phone: Phone, server: ServerProcess, tmp_path: Path
) -> None:
    phone.first_visit()
    at_photo_question(phone)
    for name, content in (
        ("bang-luong.jpg", b"%PDF-1.7\nnot a photo"),
        ("hong.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 4000),
    ):
        (tmp_path / name).write_bytes(content)
        phone.main.get_by_label("Chọn ảnh", exact=True).set_input_files(tmp_path / name)
        fault = phone.main.locator(".fault")
        expect(fault).to_be_visible()
        expect(fault).not_to_contain_text("image-")
        phone.look(name)
    phone.press("Tiếp tục")
    assert question_on(phone.page) == PHOTO_QUESTION


def test_first_visit_without_catalogue_says_so_and_works_once_there_is_a_network(
    phone: Phone, server: ServerProcess
) -> None:
    def cut(route: Route) -> None:
        route.abort()

    phone.device.context.route("**/catalogue", cut)
    phone.visit()
    expect(phone.main).to_contain_text("Máy này chưa tải danh sách thủ tục")
    phone.look("no-catalogue")
    with phone.page.expect_request("**/catalogue"):
        phone.press("Thử lại")
    phone.device.context.unroute("**/catalogue", cut)
    # The app tries again by itself as well: the button may be gone before it is pressed.
    with contextlib.suppress(NotInTime):
        phone.main.get_by_role("button", name="Thử lại").first.click(timeout=2_000)
    expect(phone.main).not_to_contain_text("Máy này chưa tải danh sách thủ tục")
    phone.first_visit()
    server.kill()
    phone.begin("Lò Thị Mẫu")
    expect(phone.heading).to_contain_text("Bạn là gì của trẻ?")


def test_page_that_was_loaded_past_the_worker_works_on_without_a_network(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    # As a page that was opened in the very moment in which the first worker took over.
    past = phone.page.context.new_cdp_session(phone.page)
    with phone.page.expect_navigation():
        past.send("Page.reload", {"ignoreCache": True})
    expect(phone.heading).to_be_visible()
    phone.see_all_kept()
    server.kill()
    phone.begin("Lò Thị Mẫu")
    expect(phone.heading).to_contain_text("Bạn là gì của trẻ?")


def test_every_address_of_the_app_opens_without_a_network(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu")
    draft = phone.page.url.removeprefix(phone.origin).partition("?")[0]
    server.kill()
    phone.fill(short_birth())
    phone.declare_and_send()
    sent = phone.page.url.removeprefix(phone.origin)
    for path in ("/", "/procedures", "/procedures/1.001193", draft, sent, "/dossiers", "/inbox"):
        phone.visit(path)
    for path in ("/sign-in", "/settings", "/enrol/nothing"):
        phone.visit(path)
    phone.visit("/settings")
    phone.main.get_by_role("radio", name="English").check()
    expect(phone.heading).to_have_text("Settings")
    phone.visit("/dossiers")
    expect(phone.heading).to_have_text(re.compile("dossiers", re.IGNORECASE))


def signature() -> dict[str, Answer]:
    """The answer to the last question."""
    return {"Người yêu cầu ký tên": short_birth()["Người yêu cầu ký tên"]}
