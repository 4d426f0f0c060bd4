"""Forms and lists over HTTP: by digest, compressed, for ever."""

import gzip
import hashlib
from pathlib import Path

import brotli
import httpx2
import pytest

from server.forms.actions import publish_folder
from server.forms.models import FormVersion
from tests.support.application import Running
from tests.support.forms import NOW

FORM = "| survey |\n| | type | name | label |\n| | select_one_from_file p.csv | a | Chọn |\n"


@pytest.fixture
async def digest(server: Running, tmp_path: Path) -> str:
    folder = tmp_path / "procedures" / "x"
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(FORM, "utf-8")
    (folder / "p.csv").write_text("name,label\n" + "a,Á\n" * 50, "utf-8")
    (folder / "procedure.yaml").write_text("procedures: []", "utf-8")
    return (await publish_folder(folder, NOW)).digest


@pytest.mark.parametrize(
    ("encoding", "unpack"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)],
)
async def test_form_comes_compressed_and_its_bytes_are_its_digest(
    browser: httpx2.AsyncClient, digest: str, encoding: str, unpack: object
) -> None:
    for _ in range(2):
        async with browser.stream(
            "GET", f"/forms/{digest}.json", headers={"Accept-Encoding": encoding}
        ) as answer:
            raw = b"".join([part async for part in answer.aiter_raw()])
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert hashlib.sha256(unpack(raw)).hexdigest() == digest  # type: ignore[operator]


async def test_list_of_a_form_comes_by_its_digest(browser: httpx2.AsyncClient, digest: str) -> None:
    version = await FormVersion.get(digest=digest)
    (name,) = version.resources
    answer = await browser.get(f"/resources/{name}.json")
    assert answer.json()["columns"] == ["name", "label"]
    assert hashlib.sha256(answer.content).hexdigest() == name


async def test_form_that_the_phone_holds_is_not_sent_again(
    browser: httpx2.AsyncClient, digest: str
) -> None:
    answer = await browser.get(f"/forms/{digest}.json", headers={"If-None-Match": f'"{digest}"'})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("path", ["/forms/x.json", f"/forms/{'0' * 64}.json", "/resources/x.json"])
async def test_unknown_digest_is_a_problem(browser: httpx2.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
