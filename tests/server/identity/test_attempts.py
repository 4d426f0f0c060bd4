"""How often something may be tried."""

import asyncio
from datetime import timedelta

import pytest
from starlette.requests import HTTPConnection

from server.errors import Problem
from server.identity.attempts import LIMITS, Limit, address_of, count
from server.identity.models import Tries
from server.settings import Settings
from server.sweeps import sweep_sign_in
from tests.support.application import START

SECRET = b"s" * 32


@pytest.mark.parametrize("kind", list(LIMITS))
async def test_one_account_is_held_after_its_limit_and_others_go_on(
    database: Settings, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, kind, Limit(3, 100, LIMITS[kind].window))
    for number in range(3):
        await count(SECRET, kind, "mot", f"10.0.0.{number}", START)
    with pytest.raises(Problem) as problem:
        await count(SECRET, kind, "mot", "10.0.1.1", START)
    assert problem.value.code == "too-many-attempts"
    assert problem.value.headers["Retry-After"] == str(int(LIMITS[kind].window.total_seconds()))
    await count(SECRET, kind, "hai", "10.0.0.1", START)


async def test_one_address_is_held_after_its_limit(
    database: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "code-tried", Limit(100, 4))
    for number in range(4):
        await count(SECRET, "code-tried", f"account-{number}", "10.0.0.1", START)
    with pytest.raises(Problem):
        await count(SECRET, "code-tried", "one-more", "10.0.0.1", START)
    await count(SECRET, "code-tried", "one-more", "10.0.0.2", START)


async def test_a_limit_loosens_as_its_window_passes(database: Settings) -> None:
    limit = LIMITS["code-asked"]
    for _ in range(limit.for_one):
        await count(SECRET, "code-asked", "mot", "", START)
    with pytest.raises(Problem):
        await count(SECRET, "code-asked", "mot", "", START + timedelta(minutes=1))
    await count(SECRET, "code-asked", "mot", "", START + timedelta(minutes=31))


async def test_tries_at_the_same_moment_are_all_counted(database: Settings) -> None:
    limit = LIMITS["code-asked"].for_one
    tries = [count(SECRET, "code-asked", "mot", "", START) for _ in range(limit + 7)]
    told = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(answer is None for answer in told) <= limit
    assert sorted(await Tries.all().values_list("number", flat=True)) == [limit + 7, limit + 7]


async def test_the_table_names_neither_account_nor_address(database: Settings) -> None:
    await count(SECRET, "code-asked", "lo-thi-mau", "203.0.113.9", START)
    text = str(await Tries.all().values())
    assert "lo-thi-mau" not in text
    assert "203.0.113.9" not in text


async def test_counts_that_are_over_are_swept(database: Settings) -> None:
    await count(SECRET, "code-asked", "mot", "", START)
    await sweep_sign_in(START + timedelta(minutes=14))
    assert await Tries.all().count() == 2
    await sweep_sign_in(START + timedelta(minutes=31))
    assert await Tries.all().count() == 0


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_address_of_ipv6_is_its_subscriber(host: str, address: str) -> None:
    scope = {"type": "http", "headers": [], "client": (host, 1)}
    assert address_of(HTTPConnection(scope)) == address
    assert address_of(HTTPConnection({"type": "http", "headers": []})) == ""
