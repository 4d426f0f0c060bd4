"""Keys that follow one another: old envelopes open, new ones go to the new key, receipts verify."""

import hashlib
from pathlib import Path

import pytest

from server.keyring import retire, rotate
from server.results import receipts
from tests.support.mutations import submission
from tests.support.phones import Phone

from .conftest import Post


@pytest.fixture
def keys(post: Post) -> Path:
    return post.services.settings.keys


async def test_envelope_for_the_old_key_is_taken_while_both_are_there(
    post: Post, phone: Phone, keys: Path
) -> None:
    old = post.envelope(phone, submission())
    rotate(keys, "agency")
    new = post.envelope(phone, submission())
    assert old["kid"] != new["kid"]
    reply = await post.sync(envelopes=[old, new], device=phone.claim("none"))
    assert [one["verdict"] for one in reply["verdicts"]] == ["applied", "applied"]


async def test_phones_are_told_the_new_key_alone(post: Post, keys: Path) -> None:
    before = (await post.browser.get("/catalogue")).json()
    rotate(keys, "agency")
    after = (await post.browser.get("/catalogue")).json()
    assert len(after["agencyKeys"]) == 1
    assert after["agencyKeys"] != before["agencyKeys"]
    assert after["digest"] != before["digest"]


async def test_what_was_sealed_to_a_retired_key_is_sealed_anew_and_is_the_same_mutation(
    post: Post, phone: Phone, keys: Path
) -> None:
    payload = submission()
    old = post.envelope(phone, payload)
    rotate(keys, "agency")
    retire(keys, "agency")
    reply = await post.sync(envelopes=[old], device=phone.claim("none"))
    (verdict,) = reply["verdicts"]
    assert (verdict["verdict"], verdict["problem"]["code"]) == ("refused", "envelope-key-unknown")
    anew = post.envelope(phone, payload)
    (again,) = (await post.sync(envelopes=[anew], device=phone.claim("none")))["verdicts"]
    assert again["verdict"] == "applied"


async def test_receipts_of_the_old_key_verify_and_are_repeated_as_they_were(
    post: Post, phone: Phone, keys: Path
) -> None:
    payload = submission()
    (first,) = await post.send(phone, payload)
    rotate(keys, "receipts")
    (again,) = await post.send(phone, payload)
    assert again["receipt"] == first["receipt"]
    (other,) = await post.send(phone, submission())
    known = post.services.keyring.receipts
    kids = {
        hashlib.sha256(r.split(".")[0].encode()).digest()
        for r in (first["receipt"], other["receipt"])
    }
    assert len(kids) == 2
    assert receipts.check(known, first["receipt"])
    assert receipts.check(known, other["receipt"])
    listed = (await post.browser.get("/.well-known/jwks.json")).json()["keys"]
    assert [key["kid"] for key in listed] == [key.kid for key in reversed(known)]
