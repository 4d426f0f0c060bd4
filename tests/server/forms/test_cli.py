"""The commands for authors: what `forms check`, `diff` and `publish` print."""

import argparse
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.errors import Problem
from server.forms.cli import Around, add_forms_commands
from server.forms.models import FormVersion
from server.forms.rehearsal import Filed
from server.settings import Settings

FORM = "| survey |\n| | type | name | label | relevant |\n| | text | a | {label} | {relevant} |\n"
ABOUT = """
form: {file: form.md}
procedures:
- {code: '9.000001', slug: thu, name: {vi: Thử, en: Try}}
"""


def form(relevant: str = "", label: str = "Tên") -> str:
    return FORM.format(relevant=relevant, label=label)


class Desk:
    """The commands over the test's database, with the open dossiers named here."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.filed: list[Filed] = []

    async def run(self, *arguments: object) -> None:
        top = argparse.ArgumentParser()
        around = Around(self.database, self.filings, lambda folder: [])
        add_forms_commands(top.add_subparsers(), around)
        given = top.parse_args(["forms", *map(str, arguments)])
        await given.command(given, self.settings)

    @asynccontextmanager
    async def database(self, settings: Settings) -> AsyncIterator[None]:
        yield

    async def filings(self, codes: Sequence[str], digest: str) -> list[Filed]:
        assert list(codes) == ["9.000001"]
        return [one for one in self.filed if one.form != digest]


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


@pytest.fixture
def procedure(tmp_path: Path) -> Path:
    folder = tmp_path / "procedures" / "thu"
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(form(), "utf-8")
    (folder / "procedure.yaml").write_text(ABOUT, "utf-8")
    return folder


async def test_check_of_a_good_form_tells_its_size(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.md").write_text(form(), "utf-8")
    await desk.run("check", tmp_path / "x.md")
    printed = capsys.readouterr().out
    assert ": 1 question in" in printed
    assert "as brotli" in printed


async def test_check_of_a_broken_form_tells_the_place_and_fails(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.md").write_text(form("nope("), "utf-8")
    with pytest.raises(Problem) as caught:
        await desk.run("check", tmp_path / "x.md")
    assert caught.value.facts == {"count": 1}
    assert "error    survey row 2, relevant (/data/a)" in capsys.readouterr().out


async def test_check_of_a_folder_checks_all_procedures_below_it(
    procedure: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.run("check", "--json", procedure.parent)
    (told,) = json.loads(capsys.readouterr().out)["forms"]
    assert (told["isGood"], told["questions"]) == (True, 1)
    assert 0 < told["size"]["brotli"] < told["size"]["raw"]


async def test_diff_of_two_files_is_told_in_the_words_of_the_form(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.md").write_text(form(), "utf-8")
    (tmp_path / "new.md").write_text(form(label="Họ và tên"), "utf-8")
    await desk.run("diff", tmp_path / "old.md", tmp_path / "new.md")
    printed = capsys.readouterr().out
    assert "~ changed: “Họ và tên” (/data/a)" in printed
    assert "label: “Tên” → “Họ và tên”" in printed


async def test_diff_knows_published_versions_by_procedure_and_digest(
    database: Settings, procedure: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.run("publish", procedure)
    digest = (await FormVersion.all().first()).digest  # type: ignore[union-attr]
    (procedure / "form.md").write_text(form(label="Họ và tên"), "utf-8")
    for name in ("9.000001", digest, digest[:10]):
        capsys.readouterr()
        await desk.run("diff", "--json", name, procedure)
        (change,) = json.loads(capsys.readouterr().out)["changes"]
        assert change["label"] == "Họ và tên"
    with pytest.raises(Problem, match="form-unknown"):
        await desk.run("diff", "0" * 64, procedure)


async def test_publishing_tells_what_it_means_for_open_dossiers_first(
    database: Settings, procedure: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.run("publish", procedure)
    digest = (await FormVersion.all().first()).digest  # type: ignore[union-attr]
    desk.filed = [Filed(digest, {"a": "Lò Thị Mẫu"}, ("/data/a",)), Filed(digest, {})]
    survey = form().replace("| text | a |", "| text | b |")
    (procedure / "form.md").write_text(survey, "utf-8")
    capsys.readouterr()
    await desk.run("publish", "--dry-run", procedure)
    printed = capsys.readouterr().out
    assert "2 open dossiers" in printed
    assert "1 supplement asked: answered on that version." in printed
    assert "1 would carry over whole" in printed
    assert "1 answer would have no place: “Tên” is asked no more." in printed
    assert await FormVersion.all().count() == 1
    await desk.run("publish", procedure)
    assert await FormVersion.all().count() == 2


async def test_publishing_a_broken_form_tells_its_faults(
    database: Settings, procedure: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (procedure / "form.md").write_text(form("nope("), "utf-8")
    with pytest.raises(Problem, match="form-invalid"):
        await desk.run("publish", procedure)
    assert "survey row 2, relevant" in capsys.readouterr().out
