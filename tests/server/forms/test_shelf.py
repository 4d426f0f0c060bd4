"""Forms made ready once and kept while they are used."""

import pytest

from server.errors import Problem
from server.forms.models import FormVersion
from server.forms.shelf import FormShelf
from server.settings import Settings
from tests.support.application import START
from tests.support.mutations import compiled, publish


async def test_form_is_made_ready_once(database: Settings) -> None:
    shelf, digest = FormShelf(), await publish()
    first = await shelf.get(digest)
    await FormVersion.all().delete()
    assert await shelf.get(digest) is first


async def test_form_not_asked_for_longest_makes_room(database: Settings) -> None:
    shelf, kept = FormShelf(size=2), await publish()
    for name in ("b", "c"):
        await FormVersion.create(
            digest=name * 64,
            form_id=name,
            version="1",
            definition=compiled().content,
            published_at=START,
        )
    first = await shelf.get(kept)
    second = await shelf.get("b" * 64)
    await shelf.get(kept)
    await shelf.get("c" * 64)
    assert await shelf.get(kept) is first
    assert await shelf.get("b" * 64) is not second


async def test_form_never_published_is_unknown(database: Settings) -> None:
    with pytest.raises(Problem, match="form-unknown"):
        await FormShelf().get("0" * 64)
