"""Mutations that arrive together: one transaction, and none spoils it for its neighbours."""

import asyncio
import uuid
from typing import Any

import pytest

from server.dossiers.models import Dossier
from server.events import Event, verify
from server.sync import inbox, rounds, settling
from server.sync.models import Mutation
from tests.support.mutations import Photo, submission
from tests.support.phones import Phone

from .conftest import Post


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each transaction in which mutations are settled."""
    begun: list[int] = []
    for way in ("transaction", "in_one_go"):
        real = getattr(settling, way)

        def counted(*given: Any, real: Any = real) -> Any:
            begun.append(1)
            return real(*given)

        monkeypatch.setattr(settling, way, counted)
    return begun


async def test_dossiers_of_one_request_share_one_transaction(
    post: Post, phone: Phone, transactions: list[int]
) -> None:
    verdicts = await post.send(phone, *(submission() for _ in range(12)))
    assert [one["verdict"] for one in verdicts] == ["applied"] * 12
    assert len(transactions) == 1
    assert await verify() is None


async def test_dossiers_of_many_requests_share_transactions(
    post: Post, transactions: list[int]
) -> None:
    phones = [Phone() for _ in range(16)]
    replies = await asyncio.gather(*(post.send(phone, submission()) for phone in phones))
    assert [one["verdict"] for (one,) in replies] == ["applied"] * 16
    assert len(transactions) < 16
    assert await Event.all().count() == 16


async def test_fault_with_one_mutation_leaves_its_neighbours_whole(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    payloads = [submission() for _ in range(4)]
    poison = uuid.UUID(payloads[2]["dossier"])
    real = rounds.submit_all

    async def choke(connection: Any, prepared: Any, *known: Any) -> Any:
        made = await real(connection, prepared, *known)
        if poison in [one.row.id for one in prepared]:
            raise OSError("cannot digest this")
        return made

    monkeypatch.setattr(rounds, "submit_all", choke)
    verdicts = await post.send(phone, *payloads)
    assert [one["id"] for one in verdicts] == [payloads[at]["id"] for at in (0, 1, 3)]
    assert {one["verdict"] for one in verdicts} == {"applied"}
    assert await Dossier.all().count() == await Event.all().count() == 3
    assert "no verdict" in caplog.text
    monkeypatch.undo()
    (verdict,) = await post.send(phone, payloads[2])
    assert verdict["verdict"] == "applied"
    assert await verify() is None


async def test_copies_and_rivals_in_one_request_are_told_apart(post: Post, phone: Phone) -> None:
    first = submission(Photo("/data/giay_to/chung_sinh"))
    rival = {**submission(), "dossier": first["dossier"]}
    withdrawal = submission(kind="dossier.withdraw", dossier=first["dossier"], base=1, answers={})
    twin = {**first, "reason": "khác"}
    verdicts = await post.send(phone, first, first, rival, twin, withdrawal, submission())
    assert [one["verdict"] for one in verdicts] == [
        *("applied", "repeated", "held", "refused", "applied", "applied"),
    ]
    codes = [one["problem"]["code"] for one in verdicts if "problem" in one]
    assert codes == ["mutation-reused"]
    assert verdicts[0]["receipt"] == verdicts[1]["receipt"]
    assert (await Dossier.get(id=first["dossier"])).state == "withdrawing"
    assert await Mutation.all().count() == 4


async def test_copy_that_another_process_settles_meanwhile_gets_that_receipt(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    payloads = [submission() for _ in range(3)]
    before = await post.send(phone, payloads[1])
    real = inbox.remembered
    calls = []

    async def blind_at_first(ids: Any) -> Any:
        calls.append(ids)
        return {} if len(calls) == 1 else await real(ids)

    monkeypatch.setattr(inbox, "remembered", blind_at_first)
    verdicts = await post.send(phone, *payloads)
    assert [one["verdict"] for one in verdicts] == ["applied", "repeated", "applied"]
    assert verdicts[1]["receipt"] == before[0]["receipt"]
    assert await Event.all().count() == 3


async def test_full_inbox_answers_busy_and_keeps_nothing(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    box: inbox.Inbox = post.server.state["inbox"]
    envelope = post.envelope(phone, submission())
    with box.intake.room(2_000, 0):
        answer = await post.browser.post(
            "/sync", json={"v": 1, "language": "vi", "envelopes": [envelope]}
        )
        assert (answer.status_code, answer.json()["code"]) == (503, "server-busy")
        assert int(answer.headers["Retry-After"]) > 0
        assert (await post.sync())["verdicts"] == []
    assert await Mutation.all().count() == 0
