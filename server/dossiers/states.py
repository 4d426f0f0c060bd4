"""What state a dossier may be in, and which verb moves it where: one table, no exceptions.

Codes and official names are the ten statuses of the national dossier interface (TrangThaiHoSo);
the stage inside “being processed” is our own. The plain sentences are what a person at home reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..errors import Problem


@dataclass(frozen=True, slots=True)
class State:
    """One status: number and names of the national interface, plain words, whether it is an end."""

    code: int
    name: str
    vi: str
    en: str
    plain_vi: str
    plain_en: str
    is_end: bool = False

    def label(self, language: str = "vi") -> str:
        """The official name."""
        return self.en if language == "en" else self.vi

    def plain(self, language: str = "vi") -> str:
        """The sentence for people at home."""
        return self.plain_en if language == "en" else self.plain_vi


class Place(NamedTuple):
    """Where a dossier stands; `stage` is empty outside `processing`."""

    state: str
    stage: str = ""


_ALL = (
    State(
        1,
        "submitted",
        "Mới đăng ký",
        "Newly submitted",
        "Đã gửi. Chờ cán bộ xem.",
        "Sent. An officer will look at it.",
    ),
    State(
        2,
        "received",
        "Được tiếp nhận",
        "Accepted",
        "Đã nhận hồ sơ. Có giấy hẹn.",
        "Accepted. You have an appointment slip.",
    ),
    State(
        3,
        "refused",
        "Không được tiếp nhận",
        "Refused at reception",
        "Chưa nhận được. Xem lý do.",
        "Not accepted. See the reason.",
        is_end=True,
    ),
    State(
        4,
        "processing",
        "Đang xử lý",
        "Being processed",
        "Đang giải quyết.",
        "Being dealt with.",
    ),
    State(
        5,
        "supplement",
        "Yêu cầu bổ sung giấy tờ",
        "Supplement requested",
        "Cần nộp thêm giấy tờ.",
        "Something more is needed from you.",
    ),
    State(
        6,
        "fee",
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Payment requested",
        "Cần nộp tiền.",
        "A payment is due.",
    ),
    State(
        7,
        "withdrawing",
        "Công dân yêu cầu rút hồ sơ",
        "Withdrawal requested",
        "Bạn đã xin rút hồ sơ.",
        "You asked to withdraw the dossier.",
    ),
    State(
        8,
        "stopped",
        "Dừng xử lý",
        "Stopped",
        "Đã dừng. Xem lý do.",
        "Stopped. See the reason.",
        is_end=True,
    ),
    State(
        9,
        "finished",
        "Đã xử lý xong",
        "Finished",
        "Có kết quả. Mời đến nhận.",
        "The result is ready. Please come for it.",
    ),
    State(
        10,
        "returned",
        "Đã trả kết quả",
        "Result returned",
        "Đã trả kết quả.",
        "The result was handed over.",
        is_end=True,
    ),
)
STATES = {state.name: state for state in _ALL}
STAGES = {
    "examining": ("Đang thẩm định", "Being examined"),
    "approving": ("Chờ ký duyệt", "Waiting for signature"),
    "approved": ("Đã ký duyệt, chờ trả", "Signed, ready to finish"),
}

EXAMINING = Place("processing", "examining")
APPROVING = Place("processing", "approving")
APPROVED = Place("processing", "approved")
# The way back from a supplement is where the dossier was when it was asked for.
BEFORE = Place("before")

_ANYWHERE_IN_PROCESS = {
    "ask_supplement": Place("supplement"),
    "stop": Place("stopped"),
    "withdraw": Place("withdrawing"),
}
TRANSITIONS: dict[Place, dict[str, Place]] = {
    Place("submitted"): {
        "receive": Place("received"),
        "refuse": Place("refused"),
        "ask_supplement": Place("supplement"),
        "withdraw": Place("withdrawing"),
    },
    Place("received"): {"forward": EXAMINING, **_ANYWHERE_IN_PROCESS},
    Place("refused"): {},
    EXAMINING: {"propose": APPROVING, **_ANYWHERE_IN_PROCESS},
    APPROVING: {"approve": APPROVED, "send_back": EXAMINING, **_ANYWHERE_IN_PROCESS},
    APPROVED: {"finish": Place("finished"), **_ANYWHERE_IN_PROCESS},
    Place("supplement"): {
        "answer_supplement": BEFORE,
        "stop": Place("stopped"),
        "withdraw": Place("withdrawing"),
    },
    Place("fee"): {},
    Place("withdrawing"): {"stop": Place("stopped")},
    Place("stopped"): {},
    Place("finished"): {"return_result": Place("returned")},
    Place("returned"): {},
}


def verbs(place: Place) -> tuple[str, ...]:
    """The verbs that leave `place`, whoever may use them."""
    return tuple(TRANSITIONS[place])


def leave(place: Place, verb: str, before: Place | None = None) -> Place:
    """Where `verb` leads from `place`; `before` is where a supplement was asked.

    Raises `transition-not-allowed`.
    """
    target = TRANSITIONS[place].get(verb)
    if target is BEFORE:
        target = before
    if target is None:
        raise Problem("transition-not-allowed", {"state": STATES[place.state].vi})
    return target
