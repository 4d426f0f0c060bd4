"""Pages named, arriving, replaced: each dossier is told once, whichever comes first."""

import asyncio
import uuid

import pytest

from server.attachments.models import Blob, ExpectedPage
from server.attachments.store import open_store
from server.attachments.uploads import Uploads
from server.clock import FixedClock
from server.database import transaction
from server.dossiers.arrivals import page_counts, page_received
from server.dossiers.models import Dossier, DossierPage
from server.dossiers.photographs import NamedPage, name_pages
from server.errors import Problem
from server.events import Event
from server.settings import Settings
from tests.support.application import START
from tests.support.dossiers import make_dossier
from tests.support.mutations import Photo

STORAGE = bytes(32)


def named(photo: Photo) -> NamedPage:
    return NamedPage(
        name=photo.name,
        path=photo.path,
        media_type="image/jpeg",
        size=len(photo.plain),
        digest=photo.digest,
        length=len(photo.ciphertext),
        key=photo.key,
    )


async def name(dossier: Dossier, photo: Photo, keep: frozenset[str] | None = None) -> None:
    async with transaction() as connection:
        await name_pages(connection, dossier, (named(photo),), STORAGE, START, keep)


async def test_arrival_told_many_times_at_once_is_one_event(database: Settings) -> None:
    dossier, photo = await make_dossier(), Photo("/data/a/b")
    await name(dossier, photo)
    await asyncio.gather(*(page_received(photo.digest, START) for _ in range(5)))
    event = await Event.get(name="page.received")
    assert event.data == {"received": 1, "total": 1}
    stored = await Dossier.get(id=dossier.id)
    assert (stored.last_seq, stored.version) == (event.seq, 1)


async def test_one_page_in_two_dossiers_arrives_in_both(database: Settings) -> None:
    photo = Photo("/data/a/b")
    dossiers = [await make_dossier(), await make_dossier()]
    for dossier in dossiers:
        await name(dossier, photo)
    await page_received(photo.digest, START)
    counts = await page_counts([dossier.id for dossier in dossiers])
    assert counts == {dossier.id: (1, 1) for dossier in dossiers}
    assert await ExpectedPage.all().count() == 1


async def test_page_named_while_it_arrives_is_never_forgotten(
    database: Settings, clock: FixedClock
) -> None:
    async def arrived(digest: str) -> None:
        await page_received(digest, clock.now())

    for _ in range(5):
        photo = Photo("/data/a/b")
        first, second = await make_dossier(), await make_dossier()
        await name(first, photo)
        uploads = Uploads(database.data / "uploads", open_store("memory://"), clock, arrived)
        standing = await uploads.begin(photo.digest, len(photo.ciphertext))

        async def body(content: bytes = photo.ciphertext) -> object:
            yield content

        await asyncio.gather(uploads.append(standing.id, 0, body()), name(second, photo))
        assert await Blob.exists(digest=photo.digest)
        assert await DossierPage.filter(digest=photo.digest, received_at=None).count() == 0


async def test_kept_names_stay_and_the_others_are_replaced(database: Settings) -> None:
    dossier = await make_dossier()
    kept, dropped, added = (Photo("/data/a/b") for _ in range(3))
    await name(dossier, kept)
    await name(dossier, dropped)
    await name(dossier, added, frozenset({kept.name}))
    current = await DossierPage.filter(dossier_id=dossier.id, replaced_at=None)
    assert {page.name for page in current} == {kept.name, added.name}


async def test_name_is_used_once_in_a_dossier(database: Settings) -> None:
    dossier, photo = await make_dossier(), Photo("/data/a/b")
    await name(dossier, photo)
    with pytest.raises(Problem, match="request-malformed"):
        await name(dossier, photo)


async def test_page_key_is_not_stored_as_it_came(database: Settings) -> None:
    dossier, photo = await make_dossier(id=uuid.uuid4()), Photo("/data/a/b")
    await name(dossier, photo)
    page = await DossierPage.get(dossier_id=dossier.id)
    assert photo.key not in bytes(page.key)
