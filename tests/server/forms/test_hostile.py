"""Forms that mean harm are refused within their limits while the server goes on answering."""

import asyncio
import io
import time
import zipfile
from collections.abc import Callable

import httpx2
import pytest

from server.errors import Problem
from server.forms.actions import publish_upload
from tests.support.forms import NOW, xform

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
        (groups, "form-too-large"),
        (filters, "dependency-cycle"),
        (nested, "expression-malformed"),
        (pattern, "pattern-invalid"),
    ],
    ids=lambda part: part.__name__ if callable(part) else part,
)
async def test_hostile_form_is_refused_while_the_server_answers(
    browser: httpx2.AsyncClient, make: Callable[[], tuple[str, bytes]], code: str
) -> None:
    name, content = make()
    refusing = asyncio.create_task(publish_upload(content, name, {}, [], NOW))
    waits = []
    while not refusing.done():
        asked = time.monotonic()
        assert (await browser.get("/health")).status_code == 200
        waits.append(time.monotonic() - asked)
        await asyncio.wait([refusing], timeout=0.02)
    with pytest.raises(Problem) as caught:
        await refusing
    assert caught.value.code == "form-invalid"
    assert code in {fault["code"] for fault in caught.value.facts["faults"]}
    assert len(waits) > 1
    assert max(waits) < PATIENCE
