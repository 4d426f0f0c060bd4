"""A form on the author's own machine: compiled anew when opened, its faults told on a page."""

from pathlib import Path

import httpx2
from starlette.applications import Starlette

from server.forms.preview import application

FORM = "| survey |\n| | type | name | label |\n| | text | a | {label} |\n"


async def get(app: Starlette, path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        return await browser.get(path)


async def test_opening_leads_to_the_form_as_it_stands_now(tmp_path: Path) -> None:
    file = tmp_path / "f.md"
    file.write_text(FORM.format(label="Tên"), "utf-8")
    app = application(file, [])
    first = (await get(app, "/")).headers["location"]
    file.write_text(FORM.format(label="Họ và tên"), "utf-8")
    second = (await get(app, "/")).headers["location"]
    assert first != second
    for place, label in ((first, "Tên"), (second, "Họ và tên")):
        served = await get(app, f"/forms/{place.rpartition('/')[2]}.json")
        assert served.json()["body"][0]["label"] == label


async def test_lists_of_the_form_are_served_beside_it(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("name,label\na,Á\n", "utf-8")
    rows = "| survey |\n| | type | name | label |\n| | select_one_from_file c.csv | a | A |\n"
    (tmp_path / "f.md").write_text(rows, "utf-8")
    app = application(tmp_path / "f.md", [])
    digest = (await get(app, "/")).headers["location"].rpartition("/")[2]
    (named,) = (await get(app, f"/forms/{digest}.json")).json()["instances"].values()
    assert (await get(app, f"/resources/{named['resource']}.json")).status_code == 200
    assert (await get(app, f"/resources/{'0' * 64}.json")).status_code == 404


async def test_pictures_of_the_form_are_served_beside_it(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"png")
    rows = "| survey |\n| | type | name | label | image |\n| | text | a | A | x.png |\n"
    (tmp_path / "f.md").write_text(rows, "utf-8")
    app = application(tmp_path / "f.md", [])
    place = (await get(app, "/")).headers["location"].rpartition("/")[2]
    names = (await get(app, f"/forms/{place}.json")).json()["media"]
    served = await get(app, f"/media/{names['x.png']}")
    assert (served.headers["content-type"], served.content) == ("image/png", b"png")


async def test_faults_are_told_on_a_page_and_a_mended_form_opens(tmp_path: Path) -> None:
    file = tmp_path / "f.md"
    file.write_text(FORM.format(label="${<b>}"), "utf-8")
    app = application(file, [])
    told = await get(app, "/")
    assert told.status_code == 422
    assert "survey row 2" in told.text
    assert "<b>}" not in told.text
    file.write_text(FORM.format(label="Tên"), "utf-8")
    assert (await get(app, "/")).status_code == 303
