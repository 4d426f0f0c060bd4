"""Events in plain words, Vietnamese and English: for the timeline at the desk and for messages.

Pure. The phone has the same words of its own, so that it can speak without network; no message
carries personal data, only the kind and the dossier's id.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """A short title and a sentence that says what it means for the citizen."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Message:
    """One event in both languages. `is_pushed`: told to the phone at once."""

    vi: Words
    en: Words
    is_pushed: bool = True


MESSAGES: dict[str, Message] = {
    "dossier.submitted": Message(
        Words("Đã gửi hồ sơ", "Hồ sơ đã đến bộ phận một cửa."),
        Words("Dossier sent", "The dossier has reached the one-stop desk."),
        is_pushed=False,
    ),
    "dossier.received": Message(
        Words("Đã tiếp nhận", "Hồ sơ đã được tiếp nhận và có số, có ngày hẹn trả."),
        Words("Received", "The dossier was received; it has a number and a due date."),
    ),
    "dossier.refused": Message(
        Words("Từ chối tiếp nhận", "Hồ sơ không được tiếp nhận. Hãy mở ra xem lý do."),
        Words("Refused", "The dossier was not accepted. Open it to see why."),
    ),
    "dossier.supplement_requested": Message(
        Words("Cần bổ sung", "Hồ sơ cần sửa hoặc thêm giấy tờ. Hãy mở ra làm phần được đánh dấu."),
        Words("More is needed", "Something must be mended or added. Open the marked part."),
    ),
    "dossier.supplemented": Message(
        Words("Đã bổ sung", "Phần bổ sung đã đến bộ phận một cửa."),
        Words("Supplement sent", "The supplement has reached the one-stop desk."),
        is_pushed=False,
    ),
    "dossier.forwarded": Message(
        Words("Đang xử lý", "Hồ sơ đã chuyển đến người giải quyết."),
        Words("Being processed", "The dossier was passed on to the officer who examines it."),
    ),
    "dossier.proposed": Message(
        Words("Đã trình lãnh đạo", "Hồ sơ đã xem xong và chờ lãnh đạo ký."),
        Words("Proposed", "The dossier was examined and waits for a signature."),
    ),
    "dossier.sent_back": Message(
        Words("Xem lại", "Hồ sơ được xem lại trước khi ký."),
        Words("Looked at again", "The dossier is looked at again before it is signed."),
    ),
    "dossier.approved": Message(
        Words("Đã ký duyệt", "Lãnh đạo đã ký kết quả."),
        Words("Approved", "The result was signed."),
    ),
    "dossier.finished": Message(
        Words("Có kết quả", "Hồ sơ đã xong. Hãy đến nhận kết quả."),
        Words("Result ready", "The dossier is done. Come and collect the result."),
    ),
    "dossier.returned": Message(
        Words("Đã trả kết quả", "Kết quả đã được giao cho người nhận."),
        Words("Result handed over", "The result was handed over."),
    ),
    "dossier.stopped": Message(
        Words("Dừng xử lý", "Hồ sơ đã dừng. Hãy mở ra xem lý do."),
        Words("Stopped", "The dossier was stopped. Open it to see why."),
    ),
    "dossier.withdrawal_requested": Message(
        Words("Xin rút hồ sơ", "Yêu cầu rút hồ sơ đã đến bộ phận một cửa."),
        Words("Withdrawal requested", "The withdrawal request has reached the one-stop desk."),
        is_pushed=False,
    ),
    "dossier.pages_awaited": Message(
        Words(
            "Còn thiếu ảnh giấy tờ",
            "Ảnh giấy tờ chưa về đến nơi. Hãy mở ứng dụng ở chỗ có sóng để gửi tiếp.",
        ),
        Words(
            "Pages are still missing",
            "Photographed pages have not arrived. Open the app where there is signal.",
        ),
    ),
    "dossier.joined": Message(
        Words("Đã gộp hai bản", "Bản gửi sau đã được gộp vào hồ sơ này."),
        Words("Two versions joined", "A later version was joined to this dossier."),
    ),
    "dossier.found_alike": Message(
        Words("Có thể trùng hồ sơ khác", "Các câu trả lời chính giống một hồ sơ khác."),
        Words("May be a duplicate", "The main answers are those of another dossier."),
        is_pushed=False,
    ),
    "dossier.conflicted": Message(
        Words("Hai người cùng bổ sung", "Hai câu trả lời khác nhau cho cùng một chỗ."),
        Words("Two answers to one request", "Two people answered the same place differently."),
        is_pushed=False,
    ),
    "page.received": Message(
        Words("Đã nhận ảnh giấy tờ", "Một ảnh giấy tờ đã đến đủ."),
        Words("Page received", "A photographed page has arrived whole."),
        is_pushed=False,
    ),
}


def words(event: str, language: str) -> Words:
    """The words of an event; one that is not told to people reads as its own name."""
    message = MESSAGES.get(event)
    if message is None:
        return Words(event, "")
    return message.en if language == "en" else message.vi


def payload(dossier_id: uuid.UUID) -> dict[str, Any]:
    """What a push carries: nothing about anybody."""
    return {"v": 1, "kind": "dossier", "dossier": str(dossier_id)}
