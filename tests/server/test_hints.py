"""What a page will ask for: named in its header, or put into it where it shows one form alone."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from server.app import application
from server.forms.actions import publish_folder
from server.forms.models import FormVersion
from tests.support.application import running, test_settings
from tests.support.forms import NOW

FORM = "| survey |\n| | type | name | label |\n| | select_one_from_file p.csv | a | Chọn |\n"
PROCEDURE = """procedures:
- code: '9.000001'
  slug: vi-du
  name: {vi: Ví dụ, en: Example}
"""
OPENED = {"Sec-Fetch-Mode": "navigate"}
DRAWN = ["/assets/main-1A.js", "/assets/app-4D.css"]


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A server with a build of the app."""
    built = tmp_path / "client"
    (built / "assets").mkdir(parents=True)
    for name in ("main-1A.js", "app-4D.css", "rare-3C.js", "main-1A.css"):
        (built / "assets" / name).write_text("0")
    (built / "index.html").write_text("<p>")
    (built / "trial.html").write_text("<!-- form -->")
    settings = test_settings(tmp_path / "data", f"sqlite://{tmp_path}/a.db", CLIENT=str(built))
    async with running(application(settings)) as server, server.browser(**OPENED) as browser:
        yield browser


@pytest.fixture
async def digest(browser: httpx2.AsyncClient, tmp_path: Path) -> str:
    """A form with a list, published for a procedure."""
    folder = tmp_path / "procedures" / "x"
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(FORM, "utf-8")
    (folder / "p.csv").write_text("name,label\na,Á\n", "utf-8")
    (folder / "procedure.yaml").write_text(PROCEDURE, "utf-8")
    return (await publish_folder(folder, NOW)).digest


def named(answer: httpx2.Response) -> list[str]:
    """The addresses that the header names, in its order."""
    links = answer.headers.get("link", "")
    return [part.partition(">")[0].lstrip(" <") for part in links.split(",") if part]


async def test_page_of_a_form_brings_the_form_and_its_lists(
    browser: httpx2.AsyncClient, digest: str
) -> None:
    answer = await browser.get(f"/preview/{digest}")
    (one,) = (await FormVersion.get(digest=digest)).resources
    assert re.findall(r'id="file-(\w+)"', answer.text) == [digest, one]
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert named(answer) == []


async def test_page_of_an_unknown_form_brings_none(browser: httpx2.AsyncClient) -> None:
    for path in (f"/preview/{'0' * 64}", "/preview/x"):
        answer = await browser.get(path)
        assert (answer.status_code, answer.text) == (200, "")


async def test_procedure_names_the_catalogue_and_its_form(
    browser: httpx2.AsyncClient, digest: str
) -> None:
    answer = await browser.get("/procedures/9.000001")
    assert named(answer)[:4] == [*DRAWN, "/catalogue", f"/forms/{digest}.json"]
    assert len(named(answer)) == 5
    assert f"</forms/{digest}.json>; rel=preload; as=fetch; crossorigin" in answer.headers["link"]
    assert "</assets/main-1A.js>; rel=modulepreload" in answer.headers["link"]
    assert "</assets/app-4D.css>; rel=preload; as=style" in answer.headers["link"]


@pytest.mark.parametrize("path", ["/procedures/9.999999", "/procedures", "/"])
async def test_first_screens_name_the_catalogue_alone(
    browser: httpx2.AsyncClient, path: str
) -> None:
    assert named(await browser.get(path)) == [*DRAWN, "/catalogue"]


async def test_worker_that_keeps_the_page_keeps_no_names(
    browser: httpx2.AsyncClient, digest: str
) -> None:
    for mode in ("cors", "same-origin", ""):
        address = "/procedures/9.000001"
        answer = await browser.get(address, headers={"Sec-Fetch-Mode": mode})
        assert "link" not in answer.headers
