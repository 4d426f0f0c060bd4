"""What was found in a form, in the words of the desk's pages."""

from collections import Counter

import pytest

from server.desk.forms_told import SHOWN, changed, found_in, placed, rehearsed
from server.forms.difference import Change, Facet
from server.forms.rehearsal import Outcome


@pytest.mark.parametrize(
    ("place", "vietnamese", "english"),
    [
        ("survey row 31", "Trang survey, dòng 31", "Sheet survey, row 31"),
        (
            "survey row 12, relevant (/data/x)",
            "Trang survey, dòng 12, cột relevant (/data/x)",
            "Sheet survey, row 12, column relevant (/data/x)",
        ),
        ("survey row 12 (/data/x)", "Trang survey, dòng 12 (/data/x)", None),
        (
            "survey row 3, label::Tiếng Việt (vi)",
            "Trang survey, dòng 3, cột label::Tiếng Việt (vi)",
            None,
        ),
        ("choices row 3, label (vi)", "Trang choices, dòng 3, cột label (vi)", None),
        ("survey sheet", "Trang survey", "Sheet survey"),
        ("line 2", "Dòng 2 của tệp", "Line 2 of the file"),
        ("instance p", "Danh sách p", "List p"),
        ("/data/x relevant", "Câu /data/x, phần relevant", "Question /data/x, part relevant"),
        ("/data/x", "Câu /data/x", "Question /data/x"),
        ("f.md", "f.md", "f.md"),
    ],
)
def test_place_is_named_as_people_name_it(place: str, vietnamese: str, english: str | None) -> None:
    assert placed(place, "vi") == vietnamese
    if english:
        assert placed(place, "en") == english


def finding(code: str, level: str = "warning") -> dict[str, str]:
    return {"level": level, "code": code, "place": "f.md", "vi": "Sửa", "en": "Mend"}


def test_each_finding_is_told_once_and_errors_first() -> None:
    left_out, fault = finding("part-plain"), finding("node-unknown", "error")
    told = {
        "findings": [left_out, finding("translation-missing"), finding("x"), fault],
        "unsupported": [left_out],
        "unreached": [],
    }
    kinds = found_in(told, "vi")
    assert [(kind["title"], kind["count"]) for kind in kinds] == [
        ("Lỗi phải sửa", 1),
        ("Phần chưa phục vụ", 1),
        ("Nên xem lại", 1),
    ]
    (one,) = kinds[0]["items"]
    assert (one["said"], one["other"], one["other_language"]) == ("Sửa", "Mend", "en")
    assert found_in(told, "en")[0]["items"][0]["said"] == "Mend"


def test_more_faults_than_a_page_shows_are_counted() -> None:
    faults = [{**finding("x", "error"), "place": f"line {n}"} for n in range(SHOWN + 5)]
    (kind,) = found_in({"findings": faults, "unsupported": [], "unreached": []}, "vi")
    assert (kind["count"], len(kind["items"]), kind["more"]) == (SHOWN + 5, SHOWN, "và 5 chỗ nữa")


def test_change_is_told_in_the_forms_own_words_with_what_it_means_for_drafts() -> None:
    facets = [Facet("label", "Tên", "Họ và tên"), Facet("choice x", "", "Xã {a}")]
    change = Change(
        "moved", "/data/b", "Họ và tên", facets, ["Có"], ["Không"], "/data/a", "lost-choice"
    )
    (one,) = changed([change], "vi")
    assert one["kind"] == "Chuyển chỗ"
    assert one["lines"] == [
        "trước ở /data/a",
        "lời hỏi: “Tên” → “Họ và tên”",
        "lựa chọn x: không có → “Xã {a}”",
        "Thêm lựa chọn: Có",
        "Bỏ lựa chọn: Không",
    ]
    assert one["fate"].startswith("Ai đã chọn mục bị bỏ")


def test_rehearsal_tells_what_would_have_no_place_and_why() -> None:
    lost = Counter({("Xã", "gone"): 2, ("Tuổi", "type"): 1})
    outcome = Outcome("a" * 64, "", 3, 1, ["/data/x"], 1, lost)
    (one,) = rehearsed([outcome], "vi")
    assert one["title"] == "3 hồ sơ đang mở trên bản aaaaaaaa: 1 chuyển được trọn vẹn."
    assert one["lines"] == [
        "1 đang chờ bổ sung, trả lời trên mẫu cũ.",
        "2 câu trả lời “Xã”: mẫu mới không hỏi nữa",
        "1 câu trả lời “Tuổi”: mẫu mới hỏi kiểu khác",
        "Đã yêu cầu bổ sung /data/x, nhưng mẫu đó không có câu này.",
    ]
