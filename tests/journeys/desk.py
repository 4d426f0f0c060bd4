"""The desk as its officers see it: found by role and label, in the words on the page."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.browsers import Device
from tests.support.server_process import ServerProcess

# The colour of a page's band, where the photographed paper has it, in the picture as shown.
BAND = """(image) => {
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const at = pen.getImageData(canvas.width / 2, Math.round(canvas.height * 0.16), 1, 1).data;
  return [canvas.width, canvas.height, at[0], at[1], at[2]];
}"""


class Desk:
    """One officer's browser at the desk."""

    def __init__(self, device: Device, server: ServerProcess, pictures: Path | None = None) -> None:
        self.device = device
        self.server = server
        self.page: Page = device.open()
        self._pictures = pictures
        self._taken = 0
        # Called with a name on each page passed, where a journey wants to look at all of them.
        self.each_page: Callable[[str], None] | None = None

    @property
    def main(self) -> Locator:
        """The page without its bar."""
        return self.page.get_by_role("main")

    @property
    def heading(self) -> Locator:
        """The page's heading."""
        return self.main.get_by_role("heading", level=1)

    def visit(self, path: str = "/desk") -> int:
        """Type an address; the status it answers with."""
        answer = self.page.goto(self.server.origin + path)
        assert answer is not None
        return answer.status

    def sign_in(self, account: str) -> None:
        """By account and the one-time code that the server sends."""
        known = len(self.server.codes(account))
        self.visit("/desk/sign-in")
        self.main.get_by_label("Tên đăng nhập").fill(account)
        self.look("sign-in")
        self.main.get_by_role("button", name="Gửi mã đăng nhập").click()
        self.main.get_by_label("Mã đăng nhập một lần").fill(self.server.code_after(account, known))
        self.look("sign-in-code")
        self.main.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(self.page.get_by_role("button", name="Đăng xuất")).to_be_visible()
        self.look("worklist")

    def sign_out(self) -> None:
        """Leave, so that a colleague may sit down."""
        self.page.get_by_role("button", name="Đăng xuất").click()
        expect(self.heading).to_have_text("Đăng nhập")

    def applicants(self) -> list[str]:
        """Names in the list as it stands."""
        self.visit("/desk/dossiers")
        return self.main.get_by_role("rowheader").get_by_role("link").all_inner_texts()

    def open(self, applicant: str) -> None:
        """Open a dossier from the list."""
        self.visit("/desk/dossiers")
        self.main.get_by_role("link", name=applicant, exact=True).first.click()
        expect(self.heading).to_have_text(applicant)
        self.look("dossier")

    def answers(self) -> dict[str, str]:
        """The labelled answers of the open dossier."""
        part = self.main.get_by_role("region", name="Nội dung tờ khai")
        labels = part.locator("dt").all_inner_texts()
        values = part.locator("dd").all_inner_texts()
        return dict(zip(labels, values, strict=True))

    def pictures(self) -> dict[str, tuple[int, int, tuple[int, int, int]]]:
        """Pages that arrived: label → width, height and colour of the band, once all are shown."""
        shown = {}
        for figure in self.main.get_by_role("figure").all():
            image = figure.get_by_role("img")
            if not image.count():
                continue
            image.scroll_into_view_if_needed()
            expect(image).to_have_js_property("complete", True)
            width, height, *colour = image.evaluate(BAND)
            shown[figure.locator("b").inner_text()] = (width, height, tuple(colour))
        return shown

    def do(self, verb: str, **said: str) -> None:
        """Press a verb. `reason` or `person` fills what it asks for first."""
        if said:
            box = self.main.get_by_role("group").filter(has=self.page.get_by_text(verb))
            box.get_by_text(verb, exact=True).first.click()
            for name, value in said.items():
                field = box.locator(f"[name={name}]")
                if name == "person":
                    field.select_option(label=value)
                else:
                    field.fill(value)
            box.get_by_role("button", name=verb).click()
        else:
            self.main.get_by_role("button", name=verb, exact=True).click()
        expect(self.main.get_by_role("status")).to_contain_text("Đã ghi")
        self.look(verb)

    def ask_supplement(self, marked: dict[str, str], sentence: str) -> None:
        """Mark questions or pages, each with a note, and say what is needed."""
        self.main.get_by_role("link", name="Yêu cầu bổ sung").click()
        expect(self.heading).to_have_text("Yêu cầu bổ sung hồ sơ")
        for label, note in marked.items():
            self.main.get_by_role("checkbox", name=re.compile(re.escape(label))).check()
            if note:
                self.main.get_by_label(re.compile(rf"^Cần sửa gì ở đây\? {re.escape(label)}")).fill(
                    note
                )
        self.main.get_by_label("Lời nhắn cho người dân").fill(sentence)
        self.look("mark")
        self.main.get_by_role("button", name="Yêu cầu bổ sung").click()
        expect(self.main.get_by_role("status")).to_contain_text("Đã ghi")

    def close_procedure(self, name: str) -> None:
        """As administrator: no more dossiers of one procedure."""
        self.visit("/desk/procedures")
        self.look("procedures")
        row = self.main.get_by_role("row", name=name)
        row.get_by_role("button", name="Tạm dừng nhận").click()
        expect(row.get_by_role("button", name="Mở lại")).to_be_visible()

    def open_procedure(self, name: str) -> None:
        """As administrator: a closed procedure takes dossiers again."""
        self.visit("/desk/procedures")
        row = self.main.get_by_role("row", name=name)
        row.get_by_role("button", name="Mở lại").click()
        expect(row.get_by_role("button", name="Tạm dừng nhận")).to_be_visible()

    def timeline(self) -> list[str]:
        """The steps of the open dossier as the desk words them."""
        return self.main.get_by_role("listitem").locator("b").all_inner_texts()

    def look(self, name: str) -> None:
        """A page is passed: whoever wants to look does; a picture where they were asked for."""
        if self.each_page:
            self.each_page(name)
        if self._pictures is None:
            return
        self._taken += 1
        file = self._pictures / f"{self.device.name}-{self._taken:03d}-{name.replace(' ', '-')}.png"
        self.page.screenshot(path=file, full_page=True)
