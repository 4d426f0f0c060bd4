"""Answers as the desk reads them."""

from server.forms.summary import Line, summarise
from tests.support.forms import NOW, compiled, ready

LIST = (
    '<instance id="c"><root><item><name>y</name><label>Có</label></item>'
    "<item><name>n</name><label>Không</label></item></root></instance>"
)
FORM = ready(
    compiled(
        "<born/><pick/><photo/><ok/><g><a/></g><r><x/></r><hidden/>",
        LIST + '<bind nodeset="/data/born" type="date"/><bind nodeset="/data/photo" type="binary"/>'
        '<bind nodeset="/data/g" relevant="/data/pick = \'y n\'"/>',
        '<input ref="/data/born"><label>Ngày sinh</label></input>'
        '<select ref="/data/pick"><label>Chọn</label><itemset nodeset="instance(\'c\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select>'
        '<upload ref="/data/photo" mediatype="image/*"><label>Ảnh</label></upload>'
        '<trigger ref="/data/ok"><label>Cam đoan</label></trigger>'
        '<group ref="/data/g"><label>Nhóm</label><input ref="/data/g/a"><label>A</label></input>'
        '</group><group ref="/data/r"><label>Người</label><repeat nodeset="/data/r">'
        '<input ref="/data/r/x"><label>Tên <output value="../x"/></label></input></repeat></group>',
    )
)
ANSWERS = {
    "born": "2026-03-05",
    "pick": "y n",
    "photo": "abc.jpg",
    "ok": "OK",
    "g": {"a": "1"},
    "r": [{"x": "Thử"}, {"x": "Mẫu"}],
    "hidden": "kept out",
}


def test_answers_become_labelled_lines_in_the_order_of_the_form() -> None:
    sections = summarise(FORM, ANSWERS, now=NOW)
    assert [(section.title, section.path) for section in sections] == [
        ("", "/data"),
        ("Nhóm", "/data/g"),
        ("Người 1", "/data/r[1]"),
        ("Người 2", "/data/r[2]"),
    ]
    assert sections[0].lines == [
        Line("/data/born", "Ngày sinh", "05/03/2026"),
        Line("/data/pick", "Chọn", "Có; Không"),
        Line("/data/photo", "Ảnh", "abc.jpg", page="abc.jpg", kind="page"),
        Line("/data/ok", "Cam đoan", "Đã đồng ý"),
    ]
    assert sections[3].lines == [Line("/data/r[2]/x", "Tên Mẫu", "Mẫu")]


def test_what_is_not_relevant_is_left_out() -> None:
    sections = summarise(FORM, {**ANSWERS, "pick": "y"}, now=NOW)
    assert "Nhóm" not in [section.title for section in sections]


def test_unanswered_questions_come_along_when_asked_for() -> None:
    (section,) = summarise(FORM, {}, now=NOW, with_unanswered=True)
    assert [(line.label, line.value) for line in section.lines] == [
        ("Ngày sinh", ""),
        ("Chọn", ""),
        ("Ảnh", ""),
        ("Cam đoan", ""),
    ]
    assert summarise(FORM, {}, now=NOW) == []


def test_note_that_repeats_an_answer_is_told_and_can_not_be_marked() -> None:
    form = ready(
        compiled(
            "<name/><m/><plain/>",
            '<bind nodeset="/data/m" readonly="true()"/>'
            '<bind nodeset="/data/plain" readonly="true()"/>',
            '<input ref="/data/name"><label>Họ tên</label></input>'
            '<input ref="/data/m"><label>Người mẹ: <output value="/data/name"/></label></input>'
            '<input ref="/data/plain"><label>Xin xem lại.</label></input>',
        )
    )
    (section,) = summarise(form, {"name": "Lò Thị Mẫu"}, now=NOW)
    note = Line("/data/m", "Ghi chú", "Người mẹ: Lò Thị Mẫu", kind="note", is_computed=True)
    assert section.lines[1:] == [note]
    (section,) = summarise(form, {}, now=NOW, with_unanswered=True)
    assert [line.path for line in section.lines] == ["/data/name"]
