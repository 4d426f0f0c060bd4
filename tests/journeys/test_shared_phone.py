"""A phone that several people share: locks, turns, a login that ends, a thief, a device revoked."""

import base64
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browsers import PHONE, Device
from tests.support.server_process import ServerProcess

from . import axe
from .answers import short_birth
from .conftest import rows
from .papers import Paper
from .phone import Phone
from .test_passkeys import AUTHENTICATOR, enrolment_link
from .test_two_communes import sign_in_by_code

PIN, OTHER_PIN = "739154", "482067"
OFFICER = "Xin chào Giàng A Thử"
# Keeps a copy of every picture the app makes, in the page's memory, for the test to look for later.
KEEP_PICTURES = """() => {
  window.made = [];
  const toBlob = HTMLCanvasElement.prototype.toBlob;
  HTMLCanvasElement.prototype.toBlob = function (done, ...rest) {
    toBlob.call(this, (blob) => {
      const reader = new FileReader();
      reader.onload = () => window.made.push(reader.result.split(',')[1]);
      reader.readAsDataURL(blob);
      done(blob);
    }, ...rest);
  };
}"""
DEVICE_ROW = """async (store) => {
  const open = indexedDB.open(`hoso.${store}`);
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const asked = db.transaction('meta').objectStore('meta').get('device');
  const row = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return {id: row.id, isBare: 'privateKey' in row, isSealed: 'sealed' in row};
}"""


def settings(phone: Phone) -> None:
    """The settings, without loading the app again."""
    phone.page.get_by_role("banner").get_by_role("link", name="Cài đặt").click()
    expect(phone.heading).to_have_text("Cài đặt")


def lock_now(phone: Phone) -> None:
    """As a person would, from the settings."""
    settings(phone)
    phone.press("Khóa ngay")
    expect(phone.main.get_by_label("Mã khóa", exact=True)).to_be_visible()


def passed(phone: Phone, name: str) -> None:
    """A screen of this journey: looked at, and nothing for axe to find."""
    phone.look(name)
    assert axe.faults(phone.page) == []


def store_of(phone: Phone) -> str:
    """The name of the store of the one person who signed in here."""
    names = phone.page.evaluate("async () => (await indexedDB.databases()).map(({name}) => name)")
    (name,) = (one for one in names if one.startswith("hoso.person."))
    return str(name).removeprefix("hoso.")


def waiting(phone: Phone) -> Any:
    """What the lock screen says of the queue."""
    return phone.main.get_by_role("region", name="Đang chờ gửi")


def authenticator(page: Page) -> tuple[Any, str]:
    """A fingerprint reader, and how to speak to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def test_two_officers_work_offline_and_the_queue_leaves_from_the_lock_screen(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon-y-ty", OTHER_PIN)
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    expect(phone.heading).to_have_text(OFFICER)
    server.kill()
    phone.kill()

    # Days later, in a house without signal: the PIN opens what is on the phone; no login is left.
    phone.start()
    phone.device.context.clear_cookies()
    expect(phone.heading).to_have_text(OFFICER)
    passed(phone, "locked")
    phone.pin = PIN
    phone.begin("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")

    # A colleague takes a turn: two presses, then their own PIN; nothing of the other is to be seen.
    settings(phone)
    passed(phone, "settings")
    phone.press(re.compile("Chuyển sang .*(?<!Giàng A Thử)$"))
    phone.look("colleague-locked")
    expect(phone.main).not_to_contain_text("Lò Thị Mẫu")
    phone.unlock(OTHER_PIN)
    expect(phone.main.get_by_role("link", name="Làm hồ sơ mới")).to_be_visible()
    phone.tab("Hồ sơ")
    expect(phone.main).not_to_contain_text("Lò Thị Mẫu")

    # Back to the first, who stays locked; what waits is counted and goes when the network is back.
    settings(phone)
    phone.press("Chuyển sang Giàng A Thử")
    expect(waiting(phone)).to_contain_text("1 hồ sơ chờ gửi")
    passed(phone, "locked-waiting")
    server.start()
    waiting(phone).get_by_role("button", name="Gửi ngay").click()
    expect(waiting(phone)).to_contain_text("Không có gì chờ gửi")
    expect(phone.main.get_by_label("Mã khóa", exact=True)).to_be_visible()
    helper = "select d.applicant_name, p.account from dossier d join person p on p.id = d.helper_id"
    assert rows(server, helper) == [("Lò Thị Mẫu", "can-bo-thon")]


def test_wrong_pins_open_nothing_destroy_nothing_and_have_to_wait(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    lock_now(phone)
    for pin, sentence in (
        ("73915", "ít nhất 6 chữ số"),
        ("７３９１５４", "chỉ các chữ số 0 đến 9"),
        ("mật mã", "không có chữ cái hay dấu"),
        ("739155", "Mã khóa không đúng"),
    ):
        phone.unlock(pin)
        expect(phone.main).to_contain_text(sentence)
    passed(phone, "wrong")
    for _ in range(2):
        expect(phone.main.get_by_role("button", name="Mở khóa")).to_be_enabled()
        phone.unlock("739155")
    expect(phone.main).to_contain_text("Hãy để màn hình này mở và đợi")
    passed(phone, "wait")
    phone.page.reload()
    expect(phone.main).to_contain_text("Hãy để màn hình này mở và đợi")
    expect(phone.main.get_by_role("button", name="Mở khóa")).to_be_disabled()


def test_form_that_is_open_survives_the_lock_and_opens_at_the_same_question(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    phone.pin = PIN
    phone.begin("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.main.get_by_role("radio", name="Mẹ", exact=True).check()
    phone.press("Tiếp tục")
    phone.main.get_by_role("textbox").fill("Lò Thị Mẫu")
    # Out of sight for longer than the person allows; typed a moment before.
    phone.page.clock.install()
    phone.page.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
          Object.defineProperty(document, 'hidden', {value: true, configurable: true});
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    phone.page.clock.run_for(70_000)
    phone.page.evaluate(
        """() => {
          delete document.visibilityState; delete document.hidden;
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    phone.page.clock.run_for(2_000)
    expect(phone.heading).to_have_text(OFFICER)
    phone.page.clock.resume()
    phone.unlock(PIN)
    phone.in_form()
    expect(phone.main.get_by_role("textbox")).to_have_value("Lò Thị Mẫu")


def test_draft_handed_to_a_colleague_goes_on_there_and_both_are_named(
    phone: Phone, server: ServerProcess
) -> None:
    colleague = ("--name", "Vàng Văn Ví Dụ", "--role", "officer", "--commune", "02683")
    server.command("people", "add", "can-bo-hai", *colleague)
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-hai", OTHER_PIN)
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    phone.begin_here("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.main.get_by_role("radio", name="Mẹ", exact=True).check()
    phone.press("Tiếp tục")
    phone.page.get_by_role("button", name="Lưu và thoát").click()
    phone.follow("Giao cho người khác")
    passed(phone, "give")
    phone.press("Giao cho Vàng Văn Ví Dụ")
    phone.unlock(OTHER_PIN)
    expect(phone.main).to_contain_text("Giàng A Thử giao cho bạn")
    passed(phone, "take")
    phone.press("Nhận làm tiếp")
    phone.follow(re.compile("Cho: Lò Thị Mẫu"))
    phone.in_form()
    phone.fill(short_birth(), is_begun=True)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    named = "select d.helper_name, e.data from dossier d, event e where e.name = ?"
    ((helper, data),) = rows(server, named, "dossier.submitted")
    assert helper == "Vàng Văn Ví Dụ"
    assert json.loads(str(data))["helpedBefore"] == ["Giàng A Thử"]

    # Nothing of it is left with the giver.
    settings(phone)
    phone.press("Chuyển sang Giàng A Thử")
    phone.unlock(PIN)
    expect(phone.main.get_by_role("link", name="Làm hồ sơ mới")).to_be_visible()
    expect(phone.main).not_to_contain_text("Lò Thị Mẫu")


def test_citizen_who_lost_the_phone_claims_the_dossier_on_another(
    phone: Phone, devices: Callable[[str, dict[str, Any]], Device], server: ServerProcess
) -> None:
    phone.first_visit()
    phone.begin("Lò Thị Mẫu", phone="0912345678")
    phone.fill(short_birth())
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    code = phone.main.get_by_text(re.compile(r"^HS-[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text()
    phone.device.close()

    other = Phone(devices("other", PHONE), server.origin)
    other.first_visit()
    other.tab("Hồ sơ")
    other.follow("Hồ sơ nộp ở máy khác")
    other.main.get_by_label("Mã tạm của hồ sơ").fill(code.lower())
    other.main.get_by_label("Số điện thoại đã ghi").fill("0912 345 678")
    other.press("Gửi mã cho số này")
    field = other.main.get_by_label("Mã một lần")
    expect(field).to_be_visible()
    field.fill("000000")
    other.press("Mở hồ sơ trên máy này")
    expect(other.main).to_contain_text("Mã không đúng hoặc đã hết hạn")
    field.fill(claim_code(server, code))
    other.press("Mở hồ sơ trên máy này")
    expect(other.main).to_contain_text("Lò Thị Mẫu")
    expect(other.main).to_contain_text(code)


def claim_code(server: ServerProcess, dossier: str) -> str:
    """The one-time code that was sent for a dossier."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = [line for line in server.printed().splitlines() if dossier in line]
        found = re.findall(r"(?<![-\w])\d{6}(?![-\w])", " ".join(lines))
        if found:
            return str(found[-1])
        time.sleep(0.1)
    raise TimeoutError(f"no claim code for {dossier}")


def test_thiefs_copy_of_a_locked_phone_holds_no_name_number_or_photo(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper], tmp_path: Path
) -> None:
    name, child, number, place = "Tẩn Quỳnh Zyxwv", "Vỹ Xuyến Qpzmx", "010994713582", "Ngõ Kjhgf"
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    phone.pin = PIN
    phone.begin(name, helper="Giàng A Thử", phone="0987650412")
    phone.page.evaluate(KEEP_PICTURES)
    answers = short_birth(name=name, child=child) | {
        "Số định danh cá nhân của bạn": number,
        "Thôn, bản, tổ, số nhà nơi bạn ở": place,
        "Trẻ có Giấy chứng sinh không?": "Có giấy",
        "Chụp Giấy chứng sinh": papers["birth notice"].path,
    }
    del answers["Người yêu cầu ký tên"]
    phone.fill(answers, until="Người yêu cầu ký tên")
    pictures = [base64.b64decode(made) for made in phone.page.evaluate("window.made")]
    assert pictures
    phone.page.get_by_role("button", name="Lưu và thoát").click()
    expect(phone.main).to_contain_text(name)
    lock_now(phone)

    row = phone.page.evaluate(DEVICE_ROW, store_of(phone))
    assert row["isSealed"], "a thief could sign in the officer's name"
    assert not row["isBare"]
    stolen = tmp_path / "stolen"
    shutil.copytree(phone.device.folder, stolen, ignore_dangling_symlinks=True, symlinks=True)
    texts = [name, child, number, place, "0987650412", "Kjhgf", "Qpzmx", "Zyxwv"]
    planted = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]
    for picture in pictures:
        middle = len(picture) // 2
        planted += [picture[at : at + 24] for at in range(middle - 4000, middle + 4000, 1000)]
    assert found(stolen, [PIN.encode(), PIN.encode("utf-16-le")]) == []
    assert found(stolen, planted) == []
    # The search does find what lies there: who uses the phone is no secret of the lock.
    assert found(stolen, [b"can-bo-thon"])


def found(folder: Path, wanted: list[bytes]) -> list[tuple[str, bytes]]:
    """Which of these lie in any file below a folder, as they are."""
    hits = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            hits += [(str(path), text) for text in wanted if text in content]
    return hits


def test_passkey_opens_the_store_without_a_network_and_its_loss_costs_no_sent_dossier(
    phone: Phone, server: ServerProcess
) -> None:
    session, reader = authenticator(phone.page)
    phone.visit(enrolment_link(server, "can-bo-thon"))
    phone.press("Tạo khóa trên máy này")
    expect(phone.heading).to_have_text(OFFICER)
    phone.begin_here("Lò Thị Mẫu", helper="Giàng A Thử")
    phone.fill(short_birth())
    server.kill()
    phone.declare_and_send()
    phone.page.reload()
    phone.press(re.compile("Mở bằng vân tay"))
    expect(phone.main).to_contain_text("Đã giữ để gửi")

    # The passkey is removed from the phone: nothing opens the store any more.
    session.send("WebAuthn.clearCredentials", {"authenticatorId": reader})
    phone.page.reload()
    phone.press(re.compile("Mở bằng vân tay"))
    expect(phone.main.get_by_role("alert")).to_contain_text("Chưa mở")
    expect(waiting(phone)).to_contain_text("1 hồ sơ chờ gửi")
    server.start()
    phone.press("Tôi quên mã khóa")
    passed(phone, "lost")
    phone.main.get_by_role("checkbox").check()
    phone.press("Xoá phần đã khóa và làm lại")
    expect(phone.heading).to_have_text("Xin chào")
    assert_delivered(phone, server)


def test_stolen_phone_is_revoked_and_empties_itself_but_delivers_what_was_sent(
    phone: Phone, server: ServerProcess
) -> None:
    phone.first_visit()
    sign_in_by_code(phone, server, "can-bo-thon", PIN)
    phone.pin = PIN
    for applicant in ("Lò Thị Mẫu", "Tẩn Thị Thử"):
        phone.begin(applicant, helper="Giàng A Thử")
        if applicant == "Lò Thị Mẫu":
            phone.fill(short_birth())
            server.kill()
            phone.declare_and_send()
    store = store_of(phone)
    revoke(server, phone.page.evaluate(DEVICE_ROW, store)["id"])
    server.start()
    phone.page.reload()
    expect(phone.heading).to_have_text("Máy này đã bị thu hồi")
    passed(phone, "revoked")
    expect(waiting(phone)).to_contain_text("Không có gì chờ gửi")
    held = rows(server, "select verdict, reason from mutation")
    assert held == [("held", "device-revoked")]
    kept = phone.page.evaluate(
        """async (store) => {
          const open = indexedDB.open(`hoso.${store}`);
          const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
          const tx = db.transaction(['drafts', 'filed', 'dossiers', 'blobs']);
          const counts = await Promise.all([...tx.objectStoreNames].map((name) => {
            const asked = tx.objectStore(name).count();
            return new Promise((done) => { asked.onsuccess = () => done(asked.result); });
          }));
          db.close();
          return counts;
        }""",
        store,
    )
    assert kept == [0, 0, 0, 0]
    # What was emptied goes as soon as nobody looks at it.
    phone.press("Tôi đã hiểu")
    expect(phone.heading).to_have_text("Xin chào")
    names = "async () => (await indexedDB.databases()).map(({name}) => name).sort().join()"
    phone.page.wait_for_function(f"({names})().then((found) => found === 'hoso,hoso.own')")


def revoke(server: ServerProcess, device: str) -> None:
    """As the desk does while the server is down: the device counts no more."""
    connection = sqlite3.connect(server.data / "hoso.db")
    with connection:
        done = connection.execute(
            "update device set revoked_at = '2026-11-22 00:00:00+00:00' where id = ?", (device,)
        )
        assert done.rowcount == 1
    connection.close()


def assert_delivered(phone: Phone, server: ServerProcess) -> None:
    """The one dossier of the journey has come."""
    for _ in range(50):
        if rows(server, "select applicant_name from dossier") == [("Lò Thị Mẫu",)]:
            return
        phone.page.wait_for_timeout(200)
    raise AssertionError("the dossier did not arrive")
