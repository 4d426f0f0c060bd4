"""Words of events."""

import uuid
from pathlib import Path

import pytest

from server.notifications.messages import MESSAGES, payload, words

# docs/contracts.md, 5.
EVENTS = (
    "submitted received refused supplement_requested supplemented forwarded proposed sent_back "
    "approved finished returned stopped withdrawal_requested pages_awaited found_alike conflicted "
    "joined"
).split()


def test_every_event_of_a_dossier_has_words() -> None:
    assert set(MESSAGES) == {f"dossier.{name}" for name in EVENTS} | {"page.received"}


def test_contract_names_the_same_events() -> None:
    contract = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text(encoding="utf-8")
    for name in EVENTS:
        assert f".{name}`" in contract


@pytest.mark.parametrize("event", list(MESSAGES))
def test_words_are_there_in_both_languages_and_end_as_sentences(event: str) -> None:
    vi, en = words(event, "vi"), words(event, "en")
    assert vi != en
    for told in (vi, en):
        assert 0 < len(told.title) <= 30
        assert told.sentence.endswith(".")


def test_event_nobody_is_told_of_reads_as_its_name() -> None:
    assert words("person.added", "vi").title == "person.added"


def test_citizens_own_steps_are_not_pushed_back_to_them() -> None:
    quiet = {name for name, message in MESSAGES.items() if not message.is_pushed}
    assert quiet == {
        "dossier.submitted",
        "dossier.found_alike",
        "dossier.conflicted",
        "dossier.supplemented",
        "dossier.withdrawal_requested",
        "page.received",
    }


def test_push_names_the_dossier_and_nothing_of_anybody() -> None:
    dossier = uuid.uuid4()
    assert payload(dossier) == {"v": 1, "kind": "dossier", "dossier": str(dossier)}
