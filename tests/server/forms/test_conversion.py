"""Uploaded forms are compiled in a process of their own, within limits."""

import asyncio
import time

import pytest

from server.forms.conversion import compile_apart
from server.forms.findings import FormFault
from server.forms.sources import compile_source

FORM = b"| survey |\n| | type | name | label |\n| | text | a | T\xc3\xaan |\n"
LIST_FORM = b"| survey |\n| | type | name | label |\n| | select_one_from_file p.csv | a | A |\n"


async def test_form_compiled_apart_is_the_one_compiled_here() -> None:
    attachments = {"p.csv": b"name,label\na,A\n"}
    here = compile_source(LIST_FORM, "f.md", attachments)
    assert await compile_apart(LIST_FORM, "f.md", attachments) == here


async def test_faults_found_apart_keep_their_places() -> None:
    with pytest.raises(FormFault) as caught:
        await compile_apart(FORM.replace(b"| a |", b"| a b |"), "f.md", {})
    assert any("row" in finding.place for finding in caught.value.findings)


async def test_form_that_takes_too_long_is_refused_while_the_server_goes_on() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    started = time.monotonic()
    with pytest.raises(FormFault) as caught:
        await compile_apart(b"<a>" + b"<b/>" * 200_000 + b"</a>", "f.xml", {}, seconds=0.2)
    ticking.cancel()
    assert [finding.code for finding in caught.value.findings] == ["form-too-large"]
    assert time.monotonic() - started < 2
    assert ticks > 5


async def test_form_whose_process_ends_without_an_answer_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.forms.conversion.sys.executable", "/bin/false")
    with pytest.raises(FormFault) as caught:
        await compile_apart(FORM, "f.md", {})
    assert [finding.code for finding in caught.value.findings] == ["form-unreadable"]
