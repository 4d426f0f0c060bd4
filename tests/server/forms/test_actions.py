"""Publishing, on a real database: twice is once, older versions stay taken for a while."""

from datetime import timedelta
from pathlib import Path

import pytest

from server.errors import Problem
from server.events import SYSTEM, Event
from server.forms.actions import GRACE, publish_folder, set_open
from server.forms.models import AcceptedForm, FormResource, FormVersion, Procedure
from server.settings import Settings
from tests.support.forms import NOW

FORM = "| survey |\n| | type | name | label |\n| | text | a | {label} |\n"
ABOUT = """
form: {file: form.md}
procedures:
- code: '9.000001'
  slug: thu
  name: {vi: Thử, en: Try}
  time_limit: {unit: working_day, value: 3, text: {vi: 3 ngày, en: 3 days}}
  papers: [{name: {vi: Giấy, en: Paper}, when: {vi: Luôn, en: Always}, sure: sourced}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.md").write_text(FORM.format(label="Tên"), "utf-8")
    (tmp_path / "procedure.yaml").write_text(ABOUT, "utf-8")
    return tmp_path


async def test_second_publishing_of_the_same_folder_changes_nothing(
    database: Settings, folder: Path
) -> None:
    first = await publish_folder(folder, NOW)
    second = await publish_folder(folder, NOW)
    assert (first.digest, first.is_new, second.is_new) == (second.digest, True, False)
    assert await FormVersion.all().count() == 1
    assert await AcceptedForm.all().count() == 1
    assert await Event.filter(name="form.published").count() == 1


async def test_procedure_says_in_the_catalogue_what_its_file_says(
    database: Settings, folder: Path
) -> None:
    published = await publish_folder(folder, NOW)
    procedure = await Procedure.get(code="9.000001")
    assert (procedure.slug, procedure.form_digest) == ("thu", published.digest)
    assert procedure.about["timeLimit"] == {
        "unit": "working_day",
        "value": 3,
        "text": {"vi": "3 ngày", "en": "3 days"},
    }
    assert procedure.about["papers"] == [
        {"name": {"vi": "Giấy", "en": "Paper"}, "when": {"vi": "Luôn", "en": "Always"}}
    ]


async def test_older_version_stays_accepted_for_a_while(database: Settings, folder: Path) -> None:
    old = await publish_folder(folder, NOW)
    (folder / "form.md").write_text(FORM.format(label="Họ và tên"), "utf-8")
    new = await publish_folder(folder, NOW + timedelta(days=1))
    accepted = {one.form_digest: one.accepted_until for one in await AcceptedForm.all()}
    assert accepted == {old.digest: NOW + timedelta(days=1) + GRACE, new.digest: None}


async def test_version_published_again_is_accepted_without_end(
    database: Settings, folder: Path
) -> None:
    old = await publish_folder(folder, NOW)
    (folder / "form.md").write_text(FORM.format(label="Họ và tên"), "utf-8")
    await publish_folder(folder, NOW)
    (folder / "form.md").write_text(FORM.format(label="Tên"), "utf-8")
    await publish_folder(folder, NOW)
    assert (await AcceptedForm.get(form_digest=old.digest)).accepted_until is None
    assert (await Procedure.get(code="9.000001")).form_digest == old.digest


async def test_form_with_a_fault_is_refused_and_nothing_is_stored(
    database: Settings, folder: Path
) -> None:
    (folder / "form.md").write_text(FORM.format(label="${nothing}"), "utf-8")
    with pytest.raises(Problem) as caught:
        await publish_folder(folder, NOW)
    assert caught.value.code == "form-invalid"
    assert caught.value.facts["faults"][0]["place"].startswith("survey row 2")
    assert await FormVersion.all().count() == await Procedure.all().count() == 0


async def test_folder_without_its_files_is_refused(database: Settings, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        await publish_folder(tmp_path, NOW)
    assert caught.value.code == "form-invalid"


async def test_closing_twice_is_one_event(database: Settings, folder: Path) -> None:
    await publish_folder(folder, NOW)
    await set_open("9.000001", False, SYSTEM, NOW)
    await set_open("9.000001", False, SYSTEM, NOW)
    assert not (await Procedure.get(code="9.000001")).is_open
    assert await Event.filter(name="procedure.closed").count() == 1
    with pytest.raises(Problem):
        await set_open("9.9", False, SYSTEM, NOW)


async def test_list_that_two_forms_name_is_stored_once(database: Settings, folder: Path) -> None:
    (folder / "p.csv").write_text("name,label\na,Á\n", "utf-8")
    survey = "| survey |\n| | type | name | label |\n| | select_one_from_file p.csv | {0} | X |\n"
    (folder / "form.md").write_text(survey.format("a"), "utf-8")
    one = await publish_folder(folder, NOW)
    (folder / "form.md").write_text(survey.format("b"), "utf-8")
    other = await publish_folder(folder, NOW)
    assert one.digest != other.digest
    assert await FormResource.all().count() == 1
