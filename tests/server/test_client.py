"""The built app served: one page for all screens, encodings, caching."""

import gzip
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from server.app import on_error
from server.client import routes
from server.errors import Problem

PAGE = b"<!doctype html><title>Hoso</title>"
SCRIPT = b"export const words = 'x';"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "sw.js").write_bytes(b"self.x=1")
    (tmp_path / "manifest.webmanifest").write_bytes(b"{}")
    script = tmp_path / "assets" / "main-1A2B.js"
    script.write_bytes(SCRIPT)
    script.with_name("main-1A2B.js.gz").write_bytes(gzip.compress(SCRIPT))
    script.with_name("main-1A2B.js.br").write_bytes(b"brotli bytes")
    return tmp_path


def client(folder: Path) -> httpx2.AsyncClient:
    handlers = {Problem: on_error, 404: on_error, 405: on_error}
    app = Starlette(routes=routes(folder), exception_handlers=handlers)  # type: ignore[arg-type]
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://localhost:8000"
    )


@pytest.mark.parametrize(
    "path",
    "/ /procedures /procedures/1.001193 /drafts/x /dossiers /dossiers/x /inbox /sent/x "
    "/sign-in /settings /enrol/token /preview/ab12".split(),
)
async def test_every_screen_answers_with_the_one_page(built: Path, path: str) -> None:
    async with client(built) as browser:
        answer = await browser.get(path)
    assert answer.content == PAGE
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_file_named_by_its_content_is_kept_for_ever(built: Path) -> None:
    async with client(built) as browser:
        answer = await browser.get("/assets/main-1A2B.js", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/index.html"])
async def test_file_with_a_lasting_name_is_asked_for_each_time(built: Path, path: str) -> None:
    async with client(built) as browser:
        assert (await browser.get(path)).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding", "length"),
    [
        ("br, gzip", "br", len(b"brotli bytes")),
        ("gzip;q=1.0", "gzip", len(gzip.compress(SCRIPT))),
        ("identity", None, len(SCRIPT)),
        ("", None, len(SCRIPT)),
    ],
)
async def test_best_encoding_the_browser_takes_is_sent(
    built: Path, accepted: str, encoding: str | None, length: int
) -> None:
    async with client(built) as browser:
        answer = await browser.head("/assets/main-1A2B.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == length


async def test_file_the_browser_holds_is_not_sent_again(built: Path) -> None:
    async with client(built) as browser:
        tag = (await browser.get("/sw.js")).headers["etag"]
        again = await browser.get("/sw.js", headers={"If-None-Match": tag})
        packed = await browser.head("/assets/main-1A2B.js", headers={"Accept-Encoding": "gzip"})
        plain = await browser.head("/assets/main-1A2B.js", headers={"Accept-Encoding": ""})
    assert (again.status_code, again.content) == (304, b"")
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    "path", ["/assets/old.js", "/../server/app.py", "/%2e%2e/secret", "/assets/main-1A2B.js.gz"]
)
async def test_what_was_not_built_is_not_found(built: Path, path: str) -> None:
    async with client(built) as browser:
        answer = await browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_missing_build_is_told_with_what_to_do(tmp_path: Path) -> None:
    async with client(tmp_path / "nothing") as browser:
        answer = await browser.get("/")
    assert (answer.status_code, answer.json()["code"]) == (503, "client-missing")
    assert "make build" in answer.json()["en"]


async def test_every_text_says_that_it_is_utf_8(built: Path) -> None:
    for name in ("icon.svg", "desk.css", "assets/late-3C.js"):
        (built / name).write_text("x")
    async with client(built) as browser:
        for name in ("", "icon.svg", "desk.css", "assets/late-3C.js"):
            kind = (await browser.get(f"/{name}")).headers["content-type"]
            assert kind.endswith("; charset=utf-8"), kind
