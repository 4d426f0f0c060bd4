"""Forms that mean harm, brought to the desk: refused within limits while the server answers."""

import asyncio
import io
import time
import zipfile
from collections.abc import Callable

import pytest

from server.forms.models import FormUpload, FormVersion
from tests.support.forms import xform
from tests.support.mutations import PROCEDURE

from .conftest import Hall, words_of

# Nobody waits longer than this for another page, however busy the machine that tests.
PATIENCE = 2.0
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(12))


def billion() -> tuple[str, bytes]:
    return "f.xml", f"<!DOCTYPE a [{ENTITIES}]><a>&e11;</a>".encode()


def outside() -> tuple[str, bytes]:
    return "f.xml", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'


def deep() -> tuple[str, bytes]:
    return "f.xml", b"<a>" * 100_000 + b"</a>" * 100_000


def wide() -> tuple[str, bytes]:
    return "f.xml", xform("".join(f"<x{n}/>" for n in range(100_000))).encode()


def rows() -> tuple[str, bytes]:
    head = "| survey |\n| | type | name | label |\n"
    return "f.md", (head + "".join(f"| | text | q{n} | A |\n" for n in range(100_000))).encode()


def sheet_rows() -> tuple[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        row = "<row><c t='inlineStr'><is><t>text</t></is></c></row>"
        book.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{row * 100_000}</sheetData>")
    return "f.xlsx", stream.getvalue()


def unpacked() -> tuple[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for number in range(40):
            book.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 4_000_000)
    return "f.xlsx", stream.getvalue()


def macros() -> tuple[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", "<sheetData/>")
        book.writestr("xl/vbaProject.bin", b"\0" * 100)
    return "f.xlsx", stream.getvalue()


def groups() -> tuple[str, bytes]:
    inside = ["| | begin_group | g | G |"] * 50 + ["| | end_group | | |"] * 50
    return "f.md", "\n".join(["| survey |", "| | type | name | label |", *inside]).encode()


def filters() -> tuple[str, bytes]:
    questions = [f"| | select_one c | q{n} | Q | of = ${{q{(n + 1) % 500}}} |" for n in range(500)]
    head = ["| survey |", "| | type | name | label | choice_filter |"]
    choices = ["| choices |", "| | list_name | name | label | of |", "| | c | a | A | b |"]
    return "f.md", "\n".join([*head, *questions, *choices]).encode()


def nested() -> tuple[str, bytes]:
    return "f.xml", xform(
        "<x/>", f'<bind nodeset="/data/x" calculate="{"(" * 15_000}1{")" * 15_000}"/>'
    ).encode()


def pattern() -> tuple[str, bytes]:
    return "f.xml", xform(
        "<x/>", f'<bind nodeset="/data/x" constraint="regex(., \'{"(a+" * 400}\')"/>'
    ).encode()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (billion, "form-unreadable"),
        (outside, "form-unreadable"),
        (deep, "form-unreadable"),
        (wide, "form-too-large"),
        (rows, "form-too-large"),
        (sheet_rows, "form-too-large"),
        (unpacked, "form-too-large"),
        (macros, "form-unreadable"),
        (groups, "form-too-large"),
        (filters, "dependency-cycle"),
        (nested, "expression-malformed"),
        (pattern, "pattern-invalid"),
    ],
    ids=lambda part: part.__name__ if callable(part) else part,
)
async def test_hostile_form_is_told_as_faulty_while_the_server_answers(
    hall: Hall, make: Callable[[], tuple[str, bytes]], code: str
) -> None:
    administrator = await hall.at("administrator")
    bringing = asyncio.create_task(
        administrator.post("/desk/forms/new", data={"procedure": PROCEDURE}, files={"form": make()})
    )
    waits = []
    async with hall.server.browser() as other:
        while not bringing.done():
            asked = time.monotonic()
            assert (await other.get("/health")).status_code == 200
            waits.append(time.monotonic() - asked)
            await asyncio.wait([bringing], timeout=0.02)
    answer = await bringing
    assert answer.status_code == 303
    upload = await FormUpload.get()
    faults = {one["code"]: one for one in upload.told["findings"] if one["level"] == "error"}
    assert code in faults
    page = await administrator.get(answer.headers["location"])
    assert "Chưa công bố được" in words_of(page)
    assert "(tiếng Anh)" not in faults[code]["vi"] or code == "pattern-invalid"
    assert upload.form_digest == ""
    assert await FormVersion.all().count() == 1
    assert len(waits) > 1
    assert max(waits) < PATIENCE


async def test_more_than_a_form_may_weigh_is_refused_unread(hall: Hall) -> None:
    administrator = await hall.at("administrator")
    answer = await administrator.post("/desk/forms/new", content=b"x" * (48 * 1024 * 1024 + 1))
    assert answer.status_code == 413


async def test_upload_that_is_too_large_is_told_on_the_page(hall: Hall) -> None:
    administrator = await hall.at("administrator")
    answer = await administrator.post("/desk/forms/new", content=b"x" * (40 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "cộng lại tối đa 40 MB" in words_of(answer)


async def test_more_files_than_a_form_names_are_refused(hall: Hall) -> None:
    administrator = await hall.at("administrator")
    files = [("attachments", (f"{n}.csv", b"a")) for n in range(500)]
    answer = await administrator.post("/desk/forms/new", files=files)
    assert answer.status_code == 400
    assert not await FormUpload.exists()


async def test_line_of_conversions_is_bounded(hall: Hall) -> None:
    administrator = await hall.at("administrator")
    hall.server.state["conversions"]._most = 0
    name, content = groups()
    answer = await administrator.post(
        "/desk/forms/new", data={"procedure": PROCEDURE}, files={"form": (name, content)}
    )
    assert answer.status_code == 503
    assert 'role="alert"' in answer.text
