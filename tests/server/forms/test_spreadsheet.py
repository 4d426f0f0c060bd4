"""Spreadsheets to forms: faults by sheet and row, and workbooks that mean harm."""

import io
import zipfile

import openpyxl
import pytest

from server.forms.findings import FormFault
from server.forms.sources import compile_source
from server.forms.spreadsheet import MAX_ROWS

FORM = """
| survey |
| | type | name | label | relevant | calculation |
| | begin_group | g | Nhóm | | |
| | text | a | Tên | {relevant} | |
| | calculate | b | | | {calculation} |
| | end_group | | | | |
"""


def places(content: bytes, name: str = "form.md") -> list[tuple[str, str]]:
    with pytest.raises(FormFault) as caught:
        compile_source(content, name, {})
    return [(one.code, one.place) for one in caught.value.findings if one.level == "error"]


def markdown(relevant: str = "", calculation: str = "1") -> bytes:
    return FORM.format(relevant=relevant, calculation=calculation).encode()


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return stream.getvalue()


def test_markdown_and_workbook_of_one_form_compile_alike() -> None:
    rows = [["type", "name", "label"], ["text", "a", "Tên"]]
    text = "| survey |\n" + "\n".join("| | " + " | ".join(row) + " |" for row in rows)
    one = compile_source(text.encode(), "x.md", {}).definition
    other = compile_source(workbook(rows), "x.xlsx", {}).definition
    assert (one.nodes[1], one.body) == (other.nodes[1], other.body)


def test_broken_expression_names_row_and_column() -> None:
    assert places(markdown(relevant="if(1,")) == [
        ("expression-malformed", "survey row 3, relevant (/data/g/a)")
    ]
    assert places(markdown(calculation="nope(1)")) == [
        ("function-unknown", "survey row 4, calculation (/data/g/b)")
    ]


def test_unknown_question_is_told_with_its_row() -> None:
    assert places(markdown(relevant="${nothing} = 1")) == [
        ("spreadsheet-fault", "survey row 3, relevant")
    ]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "form-unreadable"),
        ("xl/externalLinks/externalLink1.xml", "form-unreadable"),
        ("xl/embeddings/oleObject1.bin", "form-unreadable"),
    ],
)
def test_workbook_with_more_than_cells_is_refused(part: str, code: str) -> None:
    content = with_part(workbook([["type", "name", "label"], ["text", "a", "A"]]), part, b"x")
    assert places(content, "x.xlsx") == [(code, "x.xlsx")]


def test_workbook_that_unpacks_too_large_is_refused_before_it_is_read() -> None:
    bomb = with_part(workbook([["type"]]), "xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    assert len(bomb) < 200_000
    assert places(bomb, "x.xlsx") == [("form-too-large", "x.xlsx")]


def test_workbook_with_too_many_rows_is_refused() -> None:
    rows = b"<row></row>" * (MAX_ROWS + 1)
    content = with_part(workbook([["type"]]), "xl/worksheets/sheet9.xml", rows)
    assert places(content, "x.xlsx") == [("form-too-large", "xl/worksheets/sheet9.xml")]


def test_workbook_with_entities_is_refused() -> None:
    source = io.BytesIO(workbook([["type", "name", "label"], ["text", "a", "A"]]))
    target = io.BytesIO()
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = bomb + content
            new.writestr(part.filename, content)
    ((code, _),) = places(target.getvalue(), "x.xlsx")
    assert code == "form-unreadable"


def test_groups_nested_without_end_are_refused() -> None:
    rows = ["| | begin_group | g | G |"] * 50 + ["| | end_group | | |"] * 50
    text = "| survey |\n| | type | name | label |\n" + "\n".join(rows)
    assert places(text.encode()) == [("form-too-large", "survey row 31")]


@pytest.mark.parametrize("name", ["x.xls", "x.xlsm", "x.csv", "x"])
def test_other_formats_are_refused(name: str) -> None:
    assert places(b"x", name) == [("form-unreadable", name)]


def test_what_is_no_workbook_is_refused() -> None:
    assert places(b"PK\x03\x04 no", "x.xlsx") == [("form-unreadable", "x.xlsx")]


def test_remarks_of_the_spreadsheet_reader_become_warnings() -> None:
    text = "| survey |\n| | type | name | label::A (a) | label::B (b) | hint::A (a) |\n"
    made = compile_source((text + "| | text | x | X | Y | Z |\n").encode(), "x.md", {})
    assert "spreadsheet-remark" in {finding.code for finding in made.warnings}
    assert ("translation-missing", "survey row 2, hint (/data/x)") in {
        (finding.code, finding.place) for finding in made.warnings
    }
