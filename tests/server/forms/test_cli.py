"""The commands for authors: what `forms check` tells."""

import argparse
from pathlib import Path

import pytest

from server.errors import Problem
from server.forms.cli import run_check
from server.settings import Settings

FORM = "| survey |\n| | type | name | label | relevant |\n| | text | a | Tên | {relevant} |\n"


async def check(path: Path, settings: Settings) -> None:
    await run_check(argparse.Namespace(paths=[path]), settings)


async def test_check_of_a_good_form_tells_its_size(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.md").write_text(FORM.format(relevant=""), "utf-8")
    await check(tmp_path / "x.md", settings)
    assert "2 questions" in capsys.readouterr().out


async def test_check_of_a_broken_form_tells_the_place_and_fails(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.md").write_text(FORM.format(relevant="nope("), "utf-8")
    with pytest.raises(Problem) as caught:
        await check(tmp_path / "x.md", settings)
    assert caught.value.facts == {"count": 1}
    assert "error  survey row 2, relevant (/data/a)" in capsys.readouterr().out
