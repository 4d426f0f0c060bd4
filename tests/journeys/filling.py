"""Filling a form page by page, as a person does: read the question, answer, go on.

`walk` reads each page's question from the screen and looks up what to answer; a `Hand` knows how to
answer with a finger (`Finger`) or with nothing but a keyboard (`Keys`, in keyboard.py).
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from playwright.sync_api import Locator, Page, expect

from .answers import Answer, Answers, Day, Signature

if TYPE_CHECKING:
    from .phone import Phone

END = "Kiểm tra lại"
GO_ON = re.compile("^(Tiếp tục|Kiểm tra lại|Lưu lại)$")
OPTIONAL = "(không bắt buộc)"
# The address follows a move within the form in an idle moment.
IDLE = "() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 200 }))"
LONGEST = 120


class Hand(Protocol):
    """How answers get into the phone."""

    def choose(self, label: str) -> None:
        """One of the choices shown as cards."""
        ...

    def search(self, label: str) -> None:
        """One of a long list, by typing a part of it."""
        ...

    def write(self, text: str) -> None:
        """Text or a number."""
        ...

    def date(self, day: Day) -> None:
        """Day, month and year."""
        ...

    def attach(self, photo: Path) -> None:
        """A photo that is on the phone already."""
        ...

    def sign(self) -> None:
        """A name drawn on the screen, or a photo of one."""
        ...

    def go_on(self) -> None:
        """To the next page."""
        ...


def question_on(page: Page) -> str:
    """The question the page asks, without the words that say it may be left out."""
    heading = page.get_by_role("main").get_by_role("heading", level=1)
    return " ".join(heading.inner_text().replace(OPTIONAL, "").split())


def walk(
    phone: Phone, hand: Hand, answers: Answers, *, until: str = END, is_begun: bool = False
) -> list[str]:
    """Answer page after page until the heading `until` comes; the questions met.

    Raises AssertionError with what the page says when it does not let go, and when an answer was
    given for a question that never came.
    """
    met: list[str] = []
    while (question := question_on(phone.page)) != until:
        met.append(question)
        assert len(met) < LONGEST, f"no end after {met[-3:]}"
        phone.look(f"q{len(met)}")
        if question in answers:
            give(phone.page, hand, answers[question])
            phone.look(f"q{len(met)}-answered")
        _advance(phone, hand, question)
    unasked = set(answers) - set(met)
    assert is_begun or not unasked, f"never asked: {sorted(unasked)}; met {met}"
    return met


def give(page: Page, hand: Hand, answer: Answer) -> None:
    """One answer, by the control that the page shows."""
    main = page.get_by_role("main")
    match answer:
        case Signature():
            hand.sign()
        case Path():
            hand.attach(answer)
        case Day():
            hand.date(answer)
        case str() if main.get_by_role("radio").count():
            hand.choose(answer)
        case str() if main.get_by_role("combobox").count() or _is_chosen(main):
            hand.search(answer)
        case str():
            hand.write(answer)
        case _:
            answer(main)


def _is_chosen(main: Locator) -> bool:
    return main.get_by_role("button", name="Chọn lại").count() > 0


def _advance(phone: Phone, hand: Hand, question: str) -> None:
    phone.page.evaluate(IDLE)
    before = phone.page.url
    hand.go_on()
    deadline = time.monotonic() + 10
    while phone.page.url == before or question_on(phone.page) == question:
        said = phone.main.locator(".fault").all_inner_texts()
        assert not said, f"“{question}” was not accepted: {said}"
        assert time.monotonic() < deadline, f"“{question}” did not go on"
        phone.page.wait_for_timeout(20)


class Finger:
    """Answers by touching."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")

    def choose(self, label: str) -> None:
        self.main.get_by_role("radio", name=label, exact=True).check()

    def search(self, label: str) -> None:
        again = self.main.get_by_role("button", name="Chọn lại")
        if again.count():
            again.click()
        self.main.get_by_role("combobox").fill(label)
        self.main.get_by_role("option", name=label, exact=True).click()
        expect(again).to_be_visible()

    def write(self, text: str) -> None:
        self.main.get_by_role("textbox").fill(text)

    def date(self, day: Day) -> None:
        for label, digits in zip(("Ngày", "Tháng", "Năm"), day.boxes, strict=True):
            self.main.get_by_role("textbox", name=label, exact=True).fill(digits)

    def attach(self, photo: Path) -> None:
        self.main.get_by_label("Chọn ảnh", exact=True).set_input_files(photo)
        expect(self.main.get_by_role("img", name=re.compile("^(Ảnh: |Đã ký)"))).to_be_visible()

    def sign(self) -> None:
        pad = self.main.get_by_role("img", name="Ký vào khung")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        left, top, width, height = box["x"], box["y"], box["width"], box["height"]
        self.page.mouse.move(left + width * 0.2, top + height * 0.6)
        self.page.mouse.down()
        for step in range(1, 12):
            self.page.mouse.move(
                left + width * (0.2 + step * 0.05),
                top + height * (0.6 + (0.2 if step % 2 else -0.2)),
            )
        self.page.mouse.up()
        self.main.get_by_role("button", name="Giữ chữ ký").click()
        expect(self.main.get_by_role("img", name="Đã ký")).to_be_visible()

    def go_on(self) -> None:
        self.main.get_by_role("button", name=GO_ON).click()
