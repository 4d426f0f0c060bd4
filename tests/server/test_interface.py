"""The interface described by itself."""

import re

import httpx2
import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from server import VERSION
from server.errors import CATALOGUE
from server.interface import entries, openapi, operation
from tests.support.application import Running


class Body(msgspec.Struct):
    """A body."""

    name: str


@operation(body=Body, answer=list[Body], problems=("not-found", "not-allowed", "page-missing"))
async def handler(request: Request) -> Response:
    """Say what it does.

    And more.
    """
    return Response()


async def quiet(request: Request) -> Response:
    return Response()


ROUTES = [
    Mount("/in", routes=[Route("/{one}/two/{rest:path}", handler, methods=["POST"])]),
    Route("/quiet", quiet),
]


def test_described_route_has_its_sentence_parameters_shapes_and_problems() -> None:
    document = openapi(ROUTES)
    assert list(document["paths"]) == ["/in/{one}/two/{rest}"]
    post = document["paths"]["/in/{one}/two/{rest}"]["post"]
    assert post["summary"] == "Say what it does."
    assert [p["name"] for p in post["parameters"]] == ["one", "rest"]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Body"
    }
    assert post["responses"]["404"]["description"] == "not-found page-missing"
    # Before the handler: another site's page, a body that is none or too much, a flood.
    assert set(post["responses"]) == {"200", "400", "403", "404", "413", "503"}


def test_problem_that_is_not_in_the_catalogue_is_noticed() -> None:
    with pytest.raises(KeyError):
        operation(problems=("no-such-problem",))


async def test_document_and_page_tell_the_whole_interface(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    document = (await browser.get("/openapi.json")).json()
    page = (await browser.get("/docs")).text
    assert (await browser.get("/docs.css")).headers["content-type"].startswith("text/css")
    assert document["info"]["version"] == VERSION
    for path in ("/identity/logins", "/push/subscriptions", "/sync", "/health"):
        assert path in document["paths"]
        assert path in page
    for code in CATALOGUE:
        assert f'id="problem-{code}"' in page
    assert set(document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == set(
        CATALOGUE
    )
    references = re.findall(
        r'"\$ref":"#/components/schemas/(\w+)"', msgspec.json.encode(document).decode()
    )
    assert set(references) <= set(document["components"]["schemas"])


async def test_every_described_operation_says_what_it_does(server: Running) -> None:
    found = list(entries(server.app.routes))
    assert len(found) > 15
    for entry in found:
        assert entry.summary.endswith("."), entry.path
