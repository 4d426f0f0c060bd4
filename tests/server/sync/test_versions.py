"""Apps of other versions: what they say is taken, or waits, and nothing is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from server import base64url
from server.dossiers.models import Dossier
from tests.support.mutations import submission
from tests.support.phones import Phone

from .conftest import Post

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "versions.json").read_text())


def filled(part: Any, values: dict[str, Any]) -> Any:
    """The fixture with what each `{name}` stands for."""
    if isinstance(part, dict):
        return {key: filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [filled(one, values) for one in part]
    return values.get(part, part) if isinstance(part, str) else part


@pytest.mark.parametrize("case", VECTOR["requests"], ids=lambda case: case["by"])
async def test_request_is_answered(post: Post, phone: Phone, case: dict[str, Any]) -> None:
    payload = submission()
    values = {
        "{envelope}": post.envelope(phone, payload),
        "{key}": base64url.encode(phone.point),
    }
    reply = await post.sync(**filled(case["request"], values))
    assert [one["verdict"] for one in reply["verdicts"]] == ["applied"]
    assert await Dossier.exists(id=payload["dossier"])
    assert reply["v"] == 1
    assert reply["nonce"]


@pytest.mark.parametrize("case", VECTOR["payloads"], ids=lambda case: case["by"])
async def test_mutation_is_applied(post: Post, phone: Phone, case: dict[str, Any]) -> None:
    payload = submission(**case["change"])
    for key in case["without"]:
        payload.pop(key, None)
    (verdict,) = await post.send(phone, payload)
    assert verdict["verdict"] == "applied"


async def test_a_protocol_nobody_knows_here_is_refused_whole_and_nothing_is_kept(
    post: Post, phone: Phone
) -> None:
    body = {"v": 2, "letters": [post.envelope(phone, submission())]}
    answer = await post.browser.post("/sync", json=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "request-malformed"
    assert await Dossier.all().count() == 0
