"""Fingerprints of answers: the same however written, telling nothing by themselves."""

from typing import Any

import pytest

from server.dossiers.likeness import prints

KEY = b"k" * 32
NAME, DAY = "/data/ho_ten", "/data/ngay_sinh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ho_ten": "Giàng A Thử"}, {"ho_ten": "GIANG  A THU "}),
        ({"ho_ten": "Hoà"}, {"ho_ten": "Hòa"}),
        ({"ho_ten": "015 087-000123"}, {"ho_ten": "015087000123"}),
    ],
)
def test_the_same_written_otherwise_has_the_same_print(one: Any, other: Any) -> None:
    assert prints(KEY, "1", [[NAME]], one) == prints(KEY, "1", [[NAME]], other) != []


def test_prints_differ_by_answer_procedure_group_and_key() -> None:
    given = {"ho_ten": "Thử", "ngay_sinh": "2026-01-05"}
    found = {
        *prints(KEY, "1", [[NAME]], given),
        *prints(KEY, "2", [[NAME]], given),
        *prints(b"j" * 32, "1", [[NAME]], given),
        *prints(KEY, "1", [[NAME, DAY]], given),
        *prints(KEY, "1", [[NAME]], {"ho_ten": "Mẫu"}),
    }
    assert len(found) == 5


def test_a_group_with_an_empty_question_tells_nothing() -> None:
    assert prints(KEY, "1", [[NAME, DAY], [], ["/data/la"]], {"ho_ten": "Thử"}) == []
