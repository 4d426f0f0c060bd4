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


async def test_picture_beside_a_label_is_published_with_the_form_and_served_by_digest(
    server: Running, browser: httpx2.AsyncClient, tmp_path: Path
) -> None:
    folder = tmp_path / "procedures" / "y"
    (folder / "media").mkdir(parents=True)
    survey = "| survey |\n| | type | name | label | image |\n| | text | a | Tên | the.png |\n"
    (folder / "form.md").write_text(survey + "| | text | b | Họ | lost.png |\n", "utf-8")
    (folder / "media" / "the.png").write_bytes(b"\x89PNG picture")
    (folder / "procedure.yaml").write_text("procedures: []", "utf-8")
    published = await publish_folder(folder, NOW)
    definition = (await browser.get(f"/forms/{published.digest}.json")).json()
    name = hashlib.sha256(b"\x89PNG picture").hexdigest()
    assert definition["media"] == {"the.png": name}
    answer = await browser.get(f"/media/{name}")
    assert answer.content == b"\x89PNG picture"
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "media-missing" in {remark.code for remark in published.warnings}
    assert (await browser.get(f"/resources/{name}.json")).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/forms/x.json", f"/forms/{'0' * 64}.json", "/resources/x.json", f"/media/{'0' * 64}"],
)
async def test_unknown_digest_is_a_problem(browser: httpx2.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
