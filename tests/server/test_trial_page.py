"""The page of a form to try: the form stands in it, and only its own script and style may run."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from server import trial_page
from server.client import routes

SCRIPTS = ("part()", "start()")
STYLE = "p{color:red}"
PAGE = f"<!doctype html><style>{STYLE}</style>"
PAGE += "".join(f"<script>{one}</script>" for one in SCRIPTS) + "\n<!-- form -->\n</body>"
ALONE = PAGE.replace("<!-- form -->", "")
FORM, LIST, OTHER = "f" * 64, "a" * 64, "0" * 64
FILES = {FORM: b'{"label":"</script><!-- &"}', LIST: b'{"values":[]}'}


async def published(digest: str) -> Mapping[str, bytes]:
    return FILES if digest == FORM else {}


async def get(tmp_path: Path, path: str, **headers: str) -> httpx2.Response:
    (tmp_path / "trial.html").write_text(PAGE)
    (tmp_path / "index.html").write_text("<p>the app</p>")
    app = Starlette(routes=routes(tmp_path, None, published))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as browser:
        return await browser.get(
            path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )


def data(page: str) -> dict[str, object]:
    """The files in a page, by digest."""
    found = re.findall(r'<script type="application/json" id="file-(\w+)">(.*?)</script>', page)
    return {digest: json.loads(text) for digest, text in found}


async def test_form_and_its_lists_stand_in_the_page(tmp_path: Path) -> None:
    page = (await get(tmp_path, f"/preview/{FORM}")).text
    assert data(page) == {digest: json.loads(content) for digest, content in FILES.items()}


async def test_nothing_a_form_says_ends_its_element_or_opens_another(tmp_path: Path) -> None:
    page = (await get(tmp_path, f"/preview/{FORM}")).text
    assert page.count("</script>") == len(SCRIPTS) + len(FILES)
    assert "<!--" not in page


@pytest.mark.parametrize("path", [OTHER, "x", "", f"{FORM}/more", FORM.upper()])
async def test_unknown_form_gets_the_page_alone_which_then_says_so(
    tmp_path: Path, path: str
) -> None:
    answer = await get(tmp_path, f"/preview/{path}")
    assert (answer.status_code, answer.text) == (200, ALONE)


async def test_page_may_run_its_own_script_and_style_and_no_other(tmp_path: Path) -> None:
    policy = (await get(tmp_path, f"/preview/{FORM}")).headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for rule, texts in (("script-src", SCRIPTS), ("style-src", (STYLE,))):
        digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()) for one in texts]
        assert rules[rule].split() == ["'self'", *(f"'sha256-{one.decode()}'" for one in digests)]
    assert rules["default-src"] == "'self'"
    assert (rules["require-trusted-types-for"], rules["trusted-types"]) == ("'script'", "'none'")


async def test_page_that_the_browser_holds_is_not_sent_again_and_keeps_its_policy(
    tmp_path: Path,
) -> None:
    first = await get(tmp_path, f"/preview/{FORM}")
    again = await get(tmp_path, f"/preview/{FORM}", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    policy = "content-security-policy"
    assert again.headers[policy] == first.headers[policy]
    other = await get(tmp_path, f"/preview/{OTHER}", If_None_Match=first.headers["etag"])
    assert other.status_code == 200


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_page_travels_compressed(tmp_path: Path, encoding: str) -> None:
    answer = await get(tmp_path, f"/preview/{FORM}", Accept_Encoding=encoding)
    plain = await get(tmp_path, f"/preview/{FORM}", Accept_Encoding="identity")
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["etag"] != plain.headers["etag"]
    if encoding == "gzip":
        assert answer.text == plain.text


async def test_first_reader_does_not_wait_for_the_smallest_page(tmp_path: Path) -> None:
    squares = " ".join(str(number * number) for number in range(5000))
    (tmp_path / "trial.html").write_text(PAGE + squares)
    transport = httpx2.ASGITransport(app=Starlette(routes=routes(tmp_path, None, published)))
    packed = {"Accept-Encoding": "br"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as browser:
        first, second, third = [
            await browser.get(f"/preview/{FORM}", headers=packed) for _ in range(3)
        ]
    lengths = [int(answer.headers["content-length"]) for answer in (first, second, third)]
    assert lengths[0] > lengths[1] == lengths[2]
    assert first.text == second.text
    assert squares in first.text


async def test_lists_too_large_for_a_page_are_left_to_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial_page, "MOST_LISTS", len(FILES[LIST]) - 1)
    assert list(data((await get(tmp_path, f"/preview/{FORM}")).text)) == [FORM]


async def test_page_is_served_with_its_policy_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "trial.html").write_text(PAGE)
    app = Starlette(routes=routes(tmp_path))
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as browser:
        assert (await browser.get("/trial.html")).status_code != 200
        assert (await browser.get(f"/preview/{FORM}")).text == ALONE
