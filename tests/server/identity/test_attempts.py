"""How often something may be tried."""

import pytest
from starlette.requests import HTTPConnection

from server.errors import Problem
from server.identity.attempts import LIMITS, Attempts, address_of


@pytest.mark.parametrize("kind", list(LIMITS))
async def test_one_account_is_held_after_its_limit_and_others_go_on(kind: str) -> None:
    attempts = Attempts()
    for_account, _ = LIMITS[kind]
    for number in range(for_account):
        await attempts.count(kind, "mot", f"10.0.0.{number}")
    with pytest.raises(Problem) as problem:
        await attempts.count(kind, "mot", "10.0.1.1")
    assert problem.value.code == "too-many-attempts"
    assert problem.value.headers["Retry-After"] == "900"
    await attempts.count(kind, "hai", "10.0.0.1")


async def test_one_address_is_held_after_its_limit() -> None:
    attempts = Attempts()
    _, for_address = LIMITS["code-tried"]
    for number in range(for_address):
        await attempts.count("code-tried", f"account-{number}", "10.0.0.1")
    with pytest.raises(Problem):
        await attempts.count("code-tried", "one-more", "10.0.0.1")


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
