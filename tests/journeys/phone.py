"""The phone app as its users see it: found by role and label, in the words on the screen.

`Phone` is one device with the app open. It knows the app's screens; filling a form is `filling.py`.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.browsers import Device

from .answers import Answers
from .filling import END, Finger, Hand, walk

BIRTH = "Đăng ký khai sinh"
COMMUNE = "Xã Bát Xát, Tỉnh Lào Cai"
RELATION = "Cán bộ thôn, bản"
# What the phone still lacks of all that it needs without a network; empty when nothing does.
MISSING = """async (wanted) => {
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) return ['a worker that answers for the page'];
  const open = indexedDB.open('hoso');
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const ask = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const stores = db.transaction(['settings', 'definitions', 'resources']);
  const kept = await ask(stores.objectStore('settings').get('catalogue'));
  const forms = await ask(stores.objectStore('definitions').getAllKeys());
  const lists = await ask(stores.objectStore('resources').getAllKeys());
  db.close();
  if (!kept || kept.etag === null) return ['the catalogue'];
  const procedures = kept.catalogue.procedures.filter(({isOpen}) => isOpen);
  const needed = procedures.flatMap(({form, resources}) => [form, ...resources]);
  const missing = needed.filter((digest) => !forms.includes(digest) && !lists.includes(digest));
  const isWanted = wanted === null || procedures.some(({form}) => form === wanted);
  return isWanted ? missing : [...missing, wanted];
}"""


class Phone:
    """One phone. `page` is its open tab."""

    def __init__(self, device: Device, origin: str, pictures: Path | None = None) -> None:
        self.device = device
        self.origin = origin
        self.page: Page = device.open()
        self._pictures = pictures
        self._taken = 0
        # Called with a name on each screen passed, where a journey wants to look at all of them.
        self.each_screen: Callable[[str], None] | None = None
        # What opens the lock, where a journey has put one on: every start of the app asks for it.
        self.pin: str | None = None

    @property
    def main(self) -> Locator:
        """The screen's own part, without bar and tabs."""
        return self.page.get_by_role("main")

    @property
    def heading(self) -> Locator:
        """The screen's heading."""
        return self.main.get_by_role("heading", level=1)

    def visit(self, path: str = "/") -> None:
        """Type an address, wait for the screen."""
        self.page.goto(self.origin + path)
        expect(self.heading).to_be_visible()
        if self.pin is None:
            return
        field = self.main.get_by_label("Mã khóa", exact=True)
        tabs = self.page.get_by_role("navigation")
        leave = self.page.get_by_role("button", name="Lưu và thoát")
        expect(field.or_(tabs).or_(leave).first).to_be_visible()
        if field.count():
            self.unlock(self.pin)
            expect(field).to_have_count(0)

    def see_pages(self, received: int, total: int) -> None:
        """Stay with an open dossier until it says so by itself."""
        told = self.main.get_by_text(f"Cơ quan đã nhận {received} trên {total} ảnh")
        expect(told).to_be_visible(timeout=20_000)

    def unlock(self, pin: str) -> None:
        """Give the lock screen a PIN."""
        self.main.get_by_label("Mã khóa", exact=True).fill(pin)
        self.press("Mở khóa", exact=True)

    def first_visit(self, form: str | None = None) -> None:
        """Open the app with a network until everything is kept that it needs without one.

        `form`: a digest that must be among the forms of open procedures by then.
        """
        self.visit()
        self.see_all_kept(form)

    def see_all_kept(self, form: str | None = None) -> None:
        """Stay with the open page until nothing is missing any more, `first_visit` says what."""
        deadline = time.monotonic() + 20
        while missing := self.page.evaluate(MISSING, form):
            assert time.monotonic() < deadline, f"did not come: {missing}"
            self.page.wait_for_timeout(50)

    def kill(self) -> None:
        """The battery is pulled."""
        self.device.kill()

    def start(self, path: str = "/") -> None:
        """Switch the phone on again and open the app."""
        self.page = self.device.open()
        self.visit(path)

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Press a button of the screen."""
        self.main.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link of the screen."""
        self.main.get_by_role("link", name=name).first.click()

    def tab(self, name: str) -> None:
        """One of the app's main pages."""
        self.page.get_by_role("navigation").get_by_role("link", name=name).click()

    def begin(
        self,
        applicant: str,
        procedure: str = BIRTH,
        *,
        helper: str | None = None,
        commune: str | None = None,
        phone: str = "",
    ) -> None:
        """From the first screen to the first question. `helper`: file on behalf of `applicant`."""
        self.visit()
        self.begin_here(applicant, procedure, helper=helper, commune=commune, phone=phone)

    def begin_here(
        self,
        applicant: str,
        procedure: str = BIRTH,
        *,
        helper: str | None = None,
        commune: str | None = None,
        phone: str = "",
    ) -> None:
        """As `begin`, from the first screen that is open already."""
        self.follow("Làm hồ sơ mới")
        self.follow(procedure)
        expect(self.heading).to_have_text(procedure)
        self.look("procedure")
        self.press("Bắt đầu làm")
        self.agree()
        expect(self.heading).to_have_text("Làm hồ sơ cho ai?")
        who = "Làm giúp người khác" if helper else "Cho tôi"
        self.main.get_by_role("radio", name=re.compile(who)).check()
        fields = self.main.get_by_role("group", name="Người đứng tên hồ sơ").or_(self.main)
        fields.get_by_label("Họ, chữ đệm, tên").first.fill(applicant)
        if phone:
            self.main.get_by_label("Số điện thoại").fill(phone)
        if helper:
            agreed = self.main.get_by_role("checkbox", name=re.compile("đã đồng ý"))
            agreed.check()
            name = self.main.get_by_role("textbox", name="Tên người giúp")
            if name.count() and name.input_value() == "":
                name.fill(helper)
            relation = self.main.get_by_role("radio", name=RELATION)
            if relation.count():
                relation.check()
        place = self.main.get_by_label("Nộp ở xã, phường nào?")
        if commune or place.input_value() == "":
            place.select_option(label=commune or COMMUNE)
        self.look("begin")
        self.press("Vào làm hồ sơ")
        self.in_form()

    def agree(self) -> None:
        """What is done with personal data is told first; nothing is ticked beforehand."""
        expect(self.heading).to_have_text("Trước khi bắt đầu")
        self.look("consent")
        agreed = self.main.get_by_role("checkbox")
        expect(agreed).not_to_be_checked()
        agreed.check()
        self.press("Tiếp tục")

    def resume(self, address: str) -> None:
        """Open a draft by its address."""
        self.page.goto(self.origin + address)
        self.in_form()

    def in_form(self) -> None:
        """A form is open on the screen."""
        expect(self.page).to_have_url(re.compile("/drafts/"))
        expect(self.page.get_by_role("button", name="Lưu và thoát")).to_be_visible()

    def fill(
        self,
        answers: Answers,
        *,
        hand: Hand | None = None,
        until: str = END,
        is_begun: bool = False,
    ) -> list[str]:
        """Answer page after page until the answers are to be checked, or another heading comes.

        Returns the questions met, in order. `is_begun`: some were answered before.
        """
        self.in_form()
        return walk(self, hand or Finger(self.page), answers, until=until, is_begun=is_begun)

    def declare_and_send(self, *, is_supplement: bool = False) -> None:
        """From checking the answers to the screen that says they are kept.

        A supplement adds to a dossier that was declared before, so nothing is ticked again.
        """
        expect(self.heading).to_have_text("Kiểm tra lại")
        self.look("check")
        self.press("Đúng rồi, sang bước gửi")
        title = "Gửi phần bổ sung" if is_supplement else "Cam đoan và gửi"
        expect(self.heading).to_have_text(title)
        declaration = self.main.get_by_role("checkbox")
        expect(declaration).to_have_count(0 if is_supplement else 1)
        if not is_supplement:
            expect(declaration).not_to_be_checked()
            declaration.check()
        self.look("declare")
        self.press("Gửi hồ sơ")
        expect(self.page).to_have_url(re.compile("/sent/"))

    def send_now(self) -> None:
        """Press the button that sends at once, where the screen shows one."""
        button = self.main.get_by_role("button", name="Gửi ngay")
        if button.count() and button.first.is_enabled():
            button.first.click()

    def timeline(self) -> list[str]:
        """The steps of the dossier on the screen, the newest first."""
        steps = self.main.get_by_role("region", name="Các bước đã qua").get_by_role("listitem")
        return [text.strip() for text in steps.locator("strong").all_inner_texts()]

    def look(self, name: str) -> None:
        """A screen is passed: whoever wants to look does; a picture where they were asked for."""
        if self.each_screen:
            self.each_screen(name)
        if self._pictures is None:
            return
        self._taken += 1
        file = self._pictures / f"{self.device.name}-{self._taken:03d}-{name}.png"
        self.page.screenshot(path=file, full_page=True)
