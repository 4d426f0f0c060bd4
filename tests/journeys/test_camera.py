"""The camera pushes the app out of a small phone's memory; a full phone is told before it opens."""

import re

from playwright.sync_api import FileChooser, expect

from tests.support.server_process import ServerProcess

from .filling import question_on
from .papers import Paper
from .phone import Phone
from .test_hard_moments import PHOTO_QUESTION, at_photo_question, set_quota


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


def test_full_phone_says_so_before_the_camera_opens(phone: Phone, server: ServerProcess) -> None:
    phone.first_visit()
    at_photo_question(phone)
    limit = set_quota(phone.page, phone.origin, 1)
    opened: list[FileChooser] = []
    phone.page.on("filechooser", lambda chooser: opened.append(chooser))
    phone.main.get_by_text("Chọn ảnh", exact=True).click()
    expect(phone.main.locator(".fault")).to_contain_text("Máy hết chỗ chứa")
    assert opened == []
    phone.look("full-before-photo")
    limit.detach()
    with phone.page.expect_file_chooser():
        phone.main.get_by_text("Chọn ảnh", exact=True).click()
