"""Phones with wrong clocks: how wrong is kept beside what they send, the server's time counts."""

from datetime import timedelta
from typing import Any

import pytest

from server.clock import FixedClock
from server.dossiers.models import Dossier
from server.events import Event
from server.results import receipts
from server.sync.inbox import Inbox
from server.sync.models import Mutation
from tests.support.application import START
from tests.support.mutations import submission
from tests.support.phones import Phone

from .conftest import Post

# START is 2026-11-23T02:00:00Z.


async def skew(post: Post, payload: dict[str, Any], phone: Phone, **request: Any) -> int:
    sealed = post.envelope(phone, payload)
    reply = await post.sync(envelopes=[sealed], **request)
    assert reply["verdicts"][0]["verdict"] in ("applied", "held"), reply
    return (await Mutation.get(id=payload["id"])).skew_seconds


@pytest.mark.parametrize(
    ("shown", "behind"),
    [
        ("2026-11-23T02:00:00Z", 0),
        ("2026-11-20T02:00:00Z", 3 * 86400),
        ("2026-11-23T14:00:00Z", -12 * 3600),
        ("2016-11-23T02:00:00Z", 3_652 * 86400),
        ("2040-11-23T02:00:00Z", -5_114 * 86400),
    ],
)
async def test_phone_that_tells_its_time_is_measured_by_it(
    post: Post, phone: Phone, shown: str, behind: int
) -> None:
    waited = submission(at="2026-11-19T02:00:00Z")
    assert await skew(post, waited, phone, device=phone.claim("none"), time=shown) == behind
    dossier = await Dossier.get(id=waited["dossier"])
    assert dossier.submitted_at == START
    event = await Event.get(name="dossier.submitted")
    assert event.data.get("skew", 0) == behind


async def test_waiting_without_signal_is_no_wrong_clock(post: Post, phone: Phone) -> None:
    waited = submission(at="2026-11-01T02:00:00Z")
    assert await skew(post, waited, phone, device=phone.claim("none")) == 0


async def test_mutation_from_the_future_tells_of_a_clock_ahead(post: Post, phone: Phone) -> None:
    ahead = submission(at="2026-11-23T05:00:00Z")
    assert await skew(post, ahead, phone, device=phone.claim("none")) == -3 * 3600


@pytest.mark.parametrize("year", [1970, 2011, 2040, 9998])
async def test_clock_that_is_years_off_costs_nobody_a_dossier(
    post: Post, phone: Phone, year: int
) -> None:
    given = submission(at=f"{year}-11-23T02:00:00Z")
    (verdict,) = await post.send(phone, given)
    assert verdict["verdict"] == "applied"
    assert (await Dossier.get(id=given["dossier"])).submitted_at == START


async def test_the_clock_of_a_phone_that_carries_for_another_says_nothing(
    post: Post, phone: Phone
) -> None:
    carrier = Phone()
    given = submission()
    behind = await skew(
        post, given, phone, device=carrier.claim("none"), time="2026-11-20T02:00:00Z"
    )
    assert behind == 0


async def test_receipt_dossier_and_timeline_tell_one_moment_however_long_the_line_was(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox: Inbox = post.server.state["inbox"]
    settle, clock = inbox._settle, post.services.clock
    assert isinstance(clock, FixedClock)

    async def later(arrivals: Any) -> Any:
        clock.move(timedelta(seconds=90))
        return await settle(arrivals)

    monkeypatch.setattr(inbox.intake, "_work", later)
    payload = submission()
    (verdict,) = await post.send(phone, payload)
    claims = receipts.check(post.services.keyring.receipts, verdict["receipt"])
    assert claims
    assert claims.iat == int(START.timestamp())
    assert (await Mutation.get(id=payload["id"])).received_at == START
    assert (await Dossier.get(id=payload["dossier"])).submitted_at == START
    assert (await Event.get(name="dossier.submitted")).at == START
