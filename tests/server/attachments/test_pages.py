"""Opening a page for the desk."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import pytest

from server.attachments.ciphertext import seal_key
from server.attachments.pages import open_page
from server.attachments.store import open_store
from server.errors import Problem
from tests.support.application import START
from tests.support.mutations import PICTURE, Photo

STORAGE = secrets.token_bytes(32)


@dataclass
class Held:
    digest: str
    size: int
    key: bytes
    received_at: datetime | None = START
    media_type: str = "image/png"


def held(photo: Photo) -> Held:
    return Held(photo.digest, len(photo.plain), seal_key(STORAGE, photo.key, photo.digest))


async def test_page_opens_as_what_it_is() -> None:
    store, photo = open_store("memory://"), Photo("/data/a/b")
    await store.put(photo.digest, photo.ciphertext)
    assert await open_page(store, STORAGE, held(photo)) == ("image/png", photo.plain)


async def test_page_on_its_way_is_told_so() -> None:
    page = held(Photo("/data/a/b"))
    page.received_at = None
    with pytest.raises(Problem, match="page-missing"):
        await open_page(open_store("memory://"), STORAGE, page)


@pytest.mark.parametrize("plain", [b"<html>", b"PK\3\4 " + PICTURE])
async def test_page_of_a_kind_that_is_not_taken_is_refused(plain: bytes) -> None:
    store, photo = open_store("memory://"), Photo("/data/a/b", plain)
    await store.put(photo.digest, photo.ciphertext)
    with pytest.raises(Problem, match="page-unreadable"):
        await open_page(store, STORAGE, held(photo))


async def test_recording_opens_as_the_sound_the_phone_said_it_is() -> None:
    store, sound = open_store("memory://"), Photo("/data/a/b", b"\x1aE\xdf\xa3" + bytes(40))
    await store.put(sound.digest, sound.ciphertext)
    page = held(sound)
    page.media_type = "audio/webm"
    assert await open_page(store, STORAGE, page) == ("audio/webm", sound.plain)


async def test_page_with_another_key_or_length_is_refused() -> None:
    store, photo = open_store("memory://"), Photo("/data/a/b")
    await store.put(photo.digest, photo.ciphertext)
    wrong_key = Held(photo.digest, len(photo.plain), seal_key(STORAGE, bytes(32), photo.digest))
    wrong_size = held(photo)
    wrong_size.size -= 1
    for page in (wrong_key, wrong_size):
        with pytest.raises(Problem, match="page-unreadable"):
            await open_page(store, STORAGE, page)
