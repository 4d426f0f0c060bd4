"""One contract for every store of pages: a directory, S3, memory."""

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from server.attachments.store import PageStore, open_store

CONTENT = b"ciphertext of a page"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Address of an S3 of the tests' own with one bucket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(params=["file", "memory", "s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> PageStore:
    if request.param == "file":
        return open_store(f"file://{tmp_path}/blobs")
    if request.param == "memory":
        return open_store("memory://")
    address: str = request.getfixturevalue("s3")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    bucket = f"b{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"
    import httpx2

    assert httpx2.put(f"{address}/{bucket}", timeout=60).status_code == 200
    return open_store(f"s3://{bucket}/hoso")


async def test_what_was_put_is_got_back(store: PageStore) -> None:
    await store.put(DIGEST, CONTENT)
    assert await store.get(DIGEST) == CONTENT
    assert await store.size(DIGEST) == len(CONTENT)


async def test_putting_twice_is_the_same_as_once(store: PageStore) -> None:
    await store.put(DIGEST, CONTENT)
    await store.put(DIGEST, b"something else")
    assert await store.get(DIGEST) == CONTENT


async def test_what_is_not_held_is_nothing(store: PageStore) -> None:
    assert await store.get(DIGEST) is None
    assert await store.size(DIGEST) is None


async def test_removed_page_is_gone_and_removing_again_is_no_fault(store: PageStore) -> None:
    await store.put(DIGEST, CONTENT)
    await store.remove(DIGEST)
    await store.remove(DIGEST)
    assert await store.get(DIGEST) is None


async def test_directory_survives_a_restart(tmp_path: Path) -> None:
    await open_store(f"file://{tmp_path}/blobs").put(DIGEST, CONTENT)
    assert await open_store(f"file://{tmp_path}/blobs").get(DIGEST) == CONTENT
