"""The camera pushes the app out of a small phone's memory: the same question opens again."""

import re
import time

from playwright.sync_api import FileChooser, expect

from tests.support.server_process import ServerProcess

from .filling import question_on
from .papers import Paper
from .phone import Phone
from .test_hard_moments import PHOTO_QUESTION, at_photo_question, full_at_photo_question


def test_app_that_was_ended_behind_the_camera_opens_at_the_same_question(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    phone.first_visit()
    at_photo_question(phone)
    with phone.page.expect_file_chooser():
        phone.main.get_by_text("Chọn ảnh", exact=True).click()
    phone.kill()
    phone.page = phone.device.open()
    phone.page.goto(phone.origin)
    phone.in_form()
    assert question_on(phone.page) == PHOTO_QUESTION
    with phone.page.expect_file_chooser() as opening:
        phone.main.get_by_text("Chọn ảnh", exact=True).click()
    opening.value.set_files(papers["identity"].path)
    expect(phone.main.get_by_role("img", name=re.compile(PHOTO_QUESTION))).to_be_visible()
    phone.visit()
    expect(phone.heading).to_have_text("Xin chào")


def test_full_phone_says_so_before_the_camera_opens_and_opens_it_once_there_is_room(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    limit = full_at_photo_question(phone)
    told = phone.page.evaluate("navigator.storage.estimate()")
    assert told["quota"] - told["usage"] > 1 << 30
    opened: list[FileChooser] = []
    phone.page.on("filechooser", lambda one: opened.append(one))
    phone.main.get_by_text("Chụp ảnh", exact=True).click()
    expect(phone.main).to_contain_text("Máy hết chỗ chứa")
    phone.look("full")
    assert opened == []

    limit.detach()
    phone.main.get_by_text("Chụp ảnh", exact=True).click()
    deadline = time.monotonic() + 15
    while not opened:
        assert time.monotonic() < deadline, "the camera does not open"
        phone.page.wait_for_timeout(50)
    opened[0].set_files(papers["identity"].path)
    expect(phone.main.get_by_role("img", name=re.compile(PHOTO_QUESTION))).to_be_visible()
    expect(phone.main).not_to_contain_text("Máy hết chỗ chứa")
