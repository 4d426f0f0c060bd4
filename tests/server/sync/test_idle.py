"""A phone with nothing to send that asks for news: one small request, one small answer."""

import json
from typing import Any

from tests.support.mutations import submission
from tests.support.phones import Phone

from .conftest import Post

MOST = 400  # bytes, beyond the headers


async def exchange(post: Post, body: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
    """Bytes sent, bytes got, the answer."""
    content = json.dumps(body, separators=(",", ":")).encode()
    answer = await post.browser.post(
        "/sync", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    return len(content), len(answer.content), answer.json()


async def test_nothing_new_costs_one_small_request(post: Post, phone: Phone) -> None:
    for _ in range(3):
        await post.send(phone, submission())
    reply = await post.read(phone)
    cursor, nonce = reply["cursor"], reply["nonce"]
    # The next request proves with the nonce of the last answer: no round trip of its own.
    for _ in range(3):
        body = {
            "v": 1,
            "envelopes": [],
            "device": phone.claim(nonce, cursor),
            "cursor": cursor,
            "catalogue": reply["catalogue"],
            "language": "vi",
        }
        sent, got, reply = await exchange(post, body)
        assert (reply["changes"], reply["verdicts"], reply["more"]) == ([], [], False)
        assert reply["cursor"] == cursor
        assert max(sent, got) <= MOST, (sent, got)
        nonce = reply["nonce"]
