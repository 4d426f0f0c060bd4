"""`python -m tests.journeys.portraits`: takes the two pictures of the README anew.

A dossier is filed on a phone and received at the desk, both real; the pictures are what stands on
their screens.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from server.settings import ROOT
from tests.support.browsers import DESK, PHONE, Device
from tests.support.server_process import ServerProcess

from .answers import whole_birth
from .desk import Desk
from .papers import photograph
from .phone import Phone

IMAGES = ROOT / "docs" / "images"
QUESTION = "Trẻ thuộc trường hợp nào?"


def main() -> None:
    """Make docs/images/phone.png and desk.png."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        server = ServerProcess(folder / "data")
        server.command("demo")
        server.start()
        try:
            phone = Phone(Device(playwright, folder / "phone", "phone", PHONE), server.origin)
            desk = Desk(Device(playwright, folder / "desk", "desk", DESK), server)
            take(phone, desk, folder)
            phone.device.close()
            desk.device.close()
        finally:
            server.stop()


def take(phone: Phone, desk: Desk, folder: Path) -> None:
    """File and receive, and take a picture on the way of each."""
    # Without grain: noise is what makes a picture of a page heavy.
    papers = [
        photograph(desk.page, folder, title, colour, grain=0)
        for title, colour in (
            ("GIẤY CHỨNG SINH", (31, 43, 112)),
            ("GIẤY KẾT HÔN", (150, 60, 40)),
            ("THẺ CĂN CƯỚC", (40, 110, 90)),
        )
    ]
    answers = whole_birth(*(paper.path for paper in papers))
    phone.first_visit()
    phone.begin("Giàng A Thử", phone="0912345678")
    before = {name: answers[name] for name in list(answers)[: list(answers).index(QUESTION)]}
    phone.fill(before, until=QUESTION)
    phone.main.get_by_role("radio", name=str(answers[QUESTION]), exact=True).check()
    phone.heading.click()
    phone.page.screenshot(path=IMAGES / "phone.png")
    phone.fill({name: answers[name] for name in answers if name not in before})
    phone.declare_and_send()
    phone.follow("Xem hồ sơ của tôi")
    phone.main.get_by_text("Cơ quan đã nhận 4 trên 4 ảnh").wait_for()
    desk.sign_in("mot-cua")
    desk.open("Giàng A Thử")
    desk.do("Tiếp nhận hồ sơ")
    desk.pictures()
    desk.open("Giàng A Thử")
    desk.page.evaluate("() => window.scrollTo(0, 0)")
    desk.page.screenshot(path=IMAGES / "desk.png")


if __name__ == "__main__":
    main()
