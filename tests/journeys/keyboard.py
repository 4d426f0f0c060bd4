"""Nothing but a keyboard: everything is reached by Tab and arrows, and the focus can be seen there.

`Keys` fills forms as filling.py asks. Reaching something fails when no number of Tabs leads there.
"""

import re
import time
from pathlib import Path

from playwright.sync_api import FileChooser, Locator, Page, expect

from .answers import Day
from .filling import GO_ON

MOST_TABS = 80
IS_FOCUSED = "(element) => element === document.activeElement"
# A focus ring on the element, or on the card, frame or label drawn around it.
IS_SEEN = """(element) => {
  const rings = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  const label = element.labels && element.labels[0];
  const near = [element, element.parentElement, element.parentElement?.parentElement, label];
  return near.some((one) => one && rings(one))
    || (element.nextElementSibling ? rings(element.nextElementSibling) : false);
}"""


class Keys:
    """A person who uses no pointer."""

    def __init__(self, page: Page, signature: Path) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self._signature = signature
        self._choosers: list[FileChooser] = []
        # From the start: a chooser must not open before the browser knows to hand it over.
        page.on("filechooser", lambda chooser: self._choosers.append(chooser))

    def reach(self, target: Locator) -> None:
        """Tab until the focus is on `target`. Raises AssertionError when it never gets there."""
        expect(target).to_be_attached()
        for _ in range(MOST_TABS):
            if target.evaluate(IS_FOCUSED):
                assert target.evaluate(IS_SEEN), f"no visible focus on {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reach something and press a key on it."""
        self.reach(target)
        self.page.keyboard.press(key)

    def choose(self, label: str) -> None:
        """Tab enters a group of radio buttons at one place; arrows move inside."""
        wanted = self.main.get_by_role("radio", name=label, exact=True)
        chosen = self.main.get_by_role("radio", checked=True)
        entry = chosen.first if chosen.count() else self.main.get_by_role("radio").first
        self.reach(entry)
        self.page.keyboard.press("Space")
        for _ in range(self.main.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice {label}")

    def search(self, label: str) -> None:
        again = self.main.get_by_role("button", name="Chọn lại")
        if again.count():
            self.press(again)
        self.reach(self.main.get_by_role("combobox"))
        self.page.keyboard.type(label)
        options = self.main.get_by_role("option")
        expect(options.first).to_be_visible()
        names = options.all_inner_texts()
        for _ in range(names.index(label) + 1):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(again).to_be_focused()

    def write(self, text: str) -> None:
        self.reach(self.main.get_by_role("textbox"))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def write_in(self, label: str, text: str) -> None:
        """Into the field of that name, where the screen has several."""
        self.reach(self.main.get_by_label(label, exact=True).first)
        self.page.keyboard.type(text)

    def date(self, day: Day) -> None:
        """A full box hands the focus on, so the digits are typed in one go."""
        self.reach(self.main.get_by_role("textbox", name="Ngày", exact=True))
        self.page.keyboard.type("".join(day.boxes))

    def attach(self, photo: Path) -> None:
        chooser = self.main.get_by_label("Chọn ảnh", exact=True)
        self.reach(chooser)
        self.page.keyboard.press("Enter")
        deadline = time.monotonic() + 5
        while not self._choosers:
            assert time.monotonic() < deadline, "no file chooser opened"
            self.page.wait_for_timeout(20)
        self._choosers.pop().set_files(photo)
        expect(self.main.get_by_role("img", name=re.compile("^(Ảnh: |Đã ký)"))).to_be_visible()

    def sign(self) -> None:
        """Drawing needs a pointer; a photo of the signature on paper does not."""
        self.press(self.main.get_by_text("Hoặc chụp chữ ký trên giấy"))
        self.attach(self._signature)

    def go_on(self) -> None:
        self.press(self.main.get_by_role("button", name=GO_ON))
