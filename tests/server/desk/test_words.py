"""Every word a template asks for exists, in both languages."""

import re
from pathlib import Path

from server.desk import words
from server.desk.dossier import ASKS, MAIN
from server.dossiers.states import TRANSITIONS
from server.identity.permissions import VERBS

DESK = Path(words.__file__).parent
CITIZENS = {"withdraw", "answer_supplement"}


def test_every_word_of_the_templates_exists() -> None:
    asked = {
        key
        for file in (DESK / "templates").glob("*.html")
        for key in re.findall(r"""\bt\(["']([a-z_-]+)["']""", file.read_text())
    }
    assert asked
    assert not asked - words.WORDS.keys()


def test_every_word_differs_between_the_languages_and_keeps_its_facts() -> None:
    for key, (vietnamese, english) in words.WORDS.items():
        assert vietnamese
        assert english
        assert vietnamese != english, key
        assert sorted(re.findall(r"{\w+}", vietnamese)) == sorted(re.findall(r"{\w+}", english))


def test_every_verb_of_the_desk_has_words() -> None:
    verbs = {verb for leaving in TRANSITIONS.values() for verb in leaving} - CITIZENS
    assert not verbs - words.WORDS.keys()
    assert set(ASKS) | MAIN <= verbs
    assert verbs <= {verb for allowed in VERBS.values() for verb in allowed}
