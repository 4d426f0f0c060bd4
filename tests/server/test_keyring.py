"""Keys made once, kept for ever, seen by nobody else."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.base64url import decode
from server.keyring import (
    KeyFolder,
    load_or_create,
    new_pem,
    open_keyring,
    retire,
    rotate,
    thumbprint,
)


def test_keys_are_made_at_first_start_and_read_ever_after(tmp_path: Path) -> None:
    first, second = open_keyring(tmp_path / "keys"), open_keyring(tmp_path / "keys")
    assert first.secret == second.secret != first.storage == second.storage
    assert len(first.secret) == len(first.storage) == 32
    for one, other in zip(
        (*first.agency, *first.receipts, first.push),
        (*second.agency, *second.receipts, second.push),
        strict=True,
    ):
        assert (one.kid, one.point) == (other.kid, other.point)
        assert len(one.point) == 65
    assert len({first.agency[0].kid, first.receipts[0].kid, first.push.kid}) == 3


def test_files_are_for_the_server_alone(tmp_path: Path) -> None:
    open_keyring(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    files = list((tmp_path / "keys").iterdir())
    assert len(files) == 5
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    made: list[bytes] = []

    def make() -> bytes:
        made.append(new_pem())
        return made[-1]

    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: load_or_create(tmp_path / "key", make), range(64)))
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_failed_making_leaves_nothing_half(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        load_or_create(tmp_path / "key", fail)
    assert list(tmp_path.iterdir()) == []


def test_newest_key_of_a_series_comes_last(tmp_path: Path) -> None:
    first = open_keyring(tmp_path)
    for number in (2, 10):
        load_or_create(tmp_path / f"agency-{number}.pem", new_pem)
    keys = open_keyring(tmp_path).agency
    assert len(keys) == 3
    assert keys[0].kid == first.agency[0].kid
    (tmp_path / "agency-2.pem").unlink()
    assert [key.kid for key in open_keyring(tmp_path).agency] == [keys[0].kid, keys[2].kid]


def test_file_with_something_else_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "push.pem").write_text("not a key")
    with pytest.raises(ValueError, match="PEM"):
        open_keyring(tmp_path)


def test_name_of_a_key_is_the_rfc_7638_thumbprint() -> None:
    # The point of RFC 7517, A.1 ("EC"), whose thumbprint is known from JOSE libraries.
    x = decode("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4")
    y = decode("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")
    assert thumbprint(b"\x04" + x + y) == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"


def test_a_new_key_is_in_use_at_once_and_the_older_ones_stay(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    before = folder.current()
    assert rotate(tmp_path / "keys", "agency").name == "agency-2.pem"
    after = folder.current()
    assert after.agency[0].kid == before.agency[0].kid
    assert len({key.kid for key in after.agency}) == 2
    assert after.receipts[-1].kid == before.receipts[-1].kid
    assert folder.current() is after


def test_retired_keys_are_put_aside_and_never_made_again(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    folder = KeyFolder(keys)
    assert retire(keys, "agency") == []
    for _ in range(2):
        rotate(keys, "agency")
    newest = folder.current().agency[-1].kid
    assert [path.name for path in retire(keys, "agency")] == ["agency-1.pem", "agency-2.pem"]
    assert [key.kid for key in folder.current().agency] == [newest]
    assert rotate(keys, "agency").name == "agency-4.pem"
    assert len(folder.current().agency) == 2
