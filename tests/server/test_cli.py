"""The command line, run as people run it."""

import asyncio
import json
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from server import VERSION, cli
from server.clock import SystemClock
from server.identity import codes, enrolments
from server.identity.backend import roles_of
from server.identity.models import Commune, Person
from server.identity.permissions import Role
from server.keyring import open_keyring
from server.settings import ROOT, Settings, read

Found = TypeVar("Found")
ADD = ("people", "add", "lo-thi-mau", "--name", "Lò Thị Mẫu", "--role", "clerk")


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOSO_DATABASE_URL", migrated_url)
    monkeypatch.setenv("HOSO_ORIGIN", "https://hoso.example")
    return read()


class Runner:
    """Runs commands and gives what they told."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> str:
        status = cli.main(arguments)
        told = self.capsys.readouterr()
        assert status == 0, told.err
        return told.out

    def doctored(self, *arguments: str) -> str:
        """What a doctor who finds faults tells."""
        assert cli.main(arguments) == 1
        return self.capsys.readouterr().out

    def failing(self, *arguments: str) -> str:
        assert cli.main(arguments) == 1
        return self.capsys.readouterr().err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(capsys)


def looked_up(settings: Settings, question: Callable[[], Awaitable[Found]]) -> Found:
    async def ask() -> Found:
        async with cli.database(settings):
            return await question()

    return asyncio.run(ask())


def test_version_is_the_packages_and_the_clients(run: Runner) -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    client = json.loads((ROOT / "pwa" / "package.json").read_text(encoding="utf-8"))
    assert VERSION == package["project"]["version"] == client["version"]
    assert run("version") == f"hoso {VERSION}\n"


def test_person_is_added_to_a_commune_and_listed(run: Runner, environment: Settings) -> None:
    assert "Xã Bát Xát, Tỉnh Lào Cai" in run("communes", "add", "02683", "--agency", "H38.1")
    assert run(*ADD, "--commune", "02683").startswith("Added lo-thi-mau")
    assert run(*ADD, "--commune", "02683").startswith("Kept lo-thi-mau")
    listed = run("people", "list")
    assert "Lò Thị Mẫu" in listed
    assert "clerk 02683" in listed
    assert "H38.1" in run("communes", "list")

    async def held() -> tuple[Role, ...]:
        return await roles_of(await Person.get())

    assert looked_up(environment, held) == (Role("clerk", "02683"),)


def test_code_made_on_the_command_line_signs_in(run: Runner, environment: Settings) -> None:
    run("people", "add", "quan-tri", "--name", "Trần Thử", "--role", "administrator")
    code = run("people", "code", "quan-tri").split()[0]
    secret = open_keyring(environment.keys).secret

    async def check() -> Person:
        return await codes.check(secret, "quan-tri", code, SystemClock().now())

    assert looked_up(environment, check).account == "quan-tri"


def test_link_made_on_the_command_line_enrols(run: Runner, environment: Settings) -> None:
    run("people", "add", "quan-tri", "--name", "Trần Thử", "--role", "administrator")
    link = run("people", "enrol", "quan-tri").strip()
    assert link.startswith("https://hoso.example/enrol/")

    async def person() -> Person:
        return await enrolments.person_of(link.rpartition("/")[2], SystemClock().now())

    assert looked_up(environment, person).account == "quan-tri"


def test_closed_account_is_listed_as_closed(run: Runner) -> None:
    run("people", "add", "quan-tri", "--name", "Trần Thử", "--role", "administrator")
    assert "Closed quan-tri" in run("people", "close", "quan-tri")
    assert "(closed)" in run("people", "list")


def test_problem_is_one_sentence_on_the_error_stream(run: Runner, environment: Settings) -> None:
    assert run.failing("people", "code", "khong-co").count("\n") == 1
    assert "00000" in run.failing("communes", "add", "00000", "--agency", "H38.1")
    assert "99999" in run.failing(*ADD, "--commune", "99999")

    async def count() -> int:
        return await Person.all().count() + await Commune.all().count()

    assert looked_up(environment, count) == 0


def test_bad_configuration_is_told_before_anything_starts(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_PORT", "many")
    assert "HOSO_PORT" in run.failing("serve")


def test_several_processes_on_sqlite_are_refused(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_DATABASE_URL", f"sqlite://{tmp_path}/other.db")
    assert "PostgreSQL" in run.failing("serve", "--workers", "2")


def test_wrong_usage_is_told_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["people", "add", "x"])
    assert ended.value.code == 2
    assert "--role" in capsys.readouterr().err


def test_schema_is_migrated(run: Runner) -> None:
    assert "newest schema" in run("migrate")


def test_form_that_compiles_is_described_and_published(run: Runner) -> None:
    folder = ROOT / "pwa" / "forms" / "procedures" / "khai-sinh"
    assert "questions" in run("forms", "check", str(folder))
    assert "published" in run("forms", "publish", str(folder))
    assert "unchanged" in run("forms", "publish", str(folder))


def test_form_that_does_not_compile_fails(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text("| survey |\n| | type | name | label |\n| | teext | a | A |")
    assert "fault" in run.failing("forms", "check", str(tmp_path / "form.md"))


def test_backup_restore_and_doctor_work_on_the_command_line(run: Runner, tmp_path: Path) -> None:
    assert "keys are missing" in run.doctored("doctor").lower()
    run("people", "add", "quan-tri", "--name", "Trần Thử", "--role", "administrator")
    run("people", "code", "quan-tri")
    assert "No faults found." in run("doctor", "--thorough")
    assert json.loads(run("doctor", "--json")) == []
    assert "complete" in run("backup", str(tmp_path / "backup"))
    assert "not a whole backup" in run.failing("restore", str(tmp_path))
