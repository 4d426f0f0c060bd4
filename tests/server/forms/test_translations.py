"""Words of other languages taken out of a definition and put back."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.forms import sources, stored, translations
from server.forms.actions import publish
from server.forms.definition import Definition, decode, encode
from server.forms.procedures import read
from server.forms.shelf import FormShelf
from server.settings import ROOT, Settings
from tests.support.application import START
from tests.support.forms import compiled

VECTOR = json.loads((ROOT / "tests/vectors/translations.json").read_text())
PROCEDURES = sorted((ROOT / "pwa/forms/procedures").glob("*/procedure.yaml"))


def whole() -> Definition:
    return msgspec.convert(VECTOR["whole"], Definition)


def test_served_form_says_all_in_its_default_language_and_names_the_files_of_the_others() -> None:
    served, files = translations.split(whole())
    assert json.loads(served) == VECTOR["served"]
    names = VECTOR["served"]["translations"]
    assert {code: json.loads(files[names[code]][1]) for code in names} == VECTOR["files"]
    assert translations.named(served) == list(names.values())


def test_form_comes_together_again_with_what_is_at_hand() -> None:
    served, files = translations.split(whole())
    content = {digest: body for digest, (_, body) in files.items()}
    assert encode(translations.join(served, content)) == encode(whole())
    english = {translations.named(served)[0]: content[translations.named(served)[0]]}
    joined = translations.join(served, english)
    assert joined.body[0].label == {"vi": "Họ và tên", "en": "Full name"}
    assert translations.join(served, {}).body[0].label == "Họ và tên"


def test_form_in_one_language_is_served_as_it_is() -> None:
    made = compiled("<a/>")
    assert (made.content, made.translations) == (made.whole, {})


def test_names_that_authors_give_are_no_languages() -> None:
    plain: dict[str, Any] = {**VECTOR["whole"], "languages": ["vi", "en"]}
    plain["nodes"] = [*plain["nodes"], {"name": "r", "parent": 0, "kind": "repeat"}]
    plain["nodes"][-1]["initial"] = [{"vi": "1", "en": "2"}]
    definition = msgspec.convert(plain, Definition)
    served, files = translations.split(definition)
    assert json.loads(served)["nodes"][-1]["initial"] == [{"vi": "1", "en": "2"}]
    content = {digest: body for digest, (_, body) in files.items()}
    assert translations.join(served, content) == definition


def test_list_named_by_a_number_keeps_the_form_whole() -> None:
    plain = {**VECTOR["whole"], "instances": {"2": {"columns": ["a"], "values": [["x"]]}}}
    definition = msgspec.convert(plain, Definition)
    assert translations.split(definition) == (encode(definition), {})


@pytest.mark.parametrize("stated", PROCEDURES, ids=lambda path: path.parent.name)
def test_procedures_come_together_again_from_the_database(stated: Path) -> None:
    source = read(stated.parent)
    made = sources.compile_source(source.form, source.form_name, source.attachments)
    content = {digest: body for digest, (_, body) in made.translations.items()}
    assert list(content) == translations.named(made.content)
    assert encode(translations.join(made.content, content)) == made.whole


async def test_server_speaks_all_languages_of_a_published_form(database: Settings) -> None:
    source = read(PROCEDURES[0].parent)
    made = sources.compile_source(source.form, source.form_name, source.attachments)
    await publish(made, source.procedures, START)
    definition, _ = await stored.read(made.digest)
    assert encode(definition) == made.whole
    form = await FormShelf().get(made.digest)
    assert form.definition == definition
    assert decode(made.content).translations
