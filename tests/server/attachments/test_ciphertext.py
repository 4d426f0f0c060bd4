"""Pages open with their key and with nothing else."""

import secrets

import pytest

from server.attachments.ciphertext import (
    CHUNK,
    TAG,
    decrypt,
    encrypt,
    length_of,
    open_key,
    seal_key,
)

KEY = secrets.token_bytes(32)
STEP = CHUNK + TAG


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_page_of_any_size_comes_back(size: int) -> None:
    plain = secrets.token_bytes(size)
    sealed = encrypt(plain, KEY)
    assert len(sealed) == length_of(size)
    assert decrypt(sealed, KEY) == plain


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed[:STEP],
        lambda sealed: sealed[STEP:],
        lambda sealed: sealed[STEP : 2 * STEP] + sealed[:STEP] + sealed[2 * STEP :],
        lambda sealed: sealed + sealed[-20:],
        lambda sealed: bytes([sealed[0] ^ 1]) + sealed[1:],
        lambda sealed: b"",
    ],
    ids=["cut", "beheaded", "swapped", "longer", "changed", "empty"],
)
def test_page_that_was_tampered_with_does_not_open(spoil: object) -> None:
    sealed = encrypt(secrets.token_bytes(2 * CHUNK + 5), KEY)
    with pytest.raises(ValueError, match="does not open"):
        decrypt(spoil(sealed), KEY)  # type: ignore[operator]


def test_page_does_not_open_with_another_key() -> None:
    with pytest.raises(ValueError, match="does not open"):
        decrypt(encrypt(b"x", KEY), secrets.token_bytes(32))


def test_page_key_is_bound_to_its_page() -> None:
    storage = secrets.token_bytes(32)
    sealed = seal_key(storage, KEY, "a" * 64)
    assert open_key(storage, sealed, "a" * 64) == KEY
    assert KEY not in sealed
    with pytest.raises(ValueError, match="does not open"):
        open_key(storage, sealed, "b" * 64)
