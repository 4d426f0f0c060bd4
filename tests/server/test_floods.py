"""One address that floods is slowed down; others and reading go on."""

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.floods import Floods


async def take(request: Request) -> Response:
    return Response(b"")


def client(host: str, app: Starlette) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, client=(host, 1))
    return httpx2.AsyncClient(transport=transport, base_url="http://hoso.test")


async def test_flood_is_held_with_the_time_to_wait() -> None:
    app = Starlette(
        routes=[Route("/", take, methods=["GET", "POST"])],
        middleware=[Middleware(Floods, per_minute=3)],
    )
    async with client("203.0.113.9", app) as flood, client("203.0.113.10", app) as other:
        assert [(await flood.post("/")).status_code for _ in range(4)] == [200, 200, 200, 503]
        held = await flood.post("/")
        assert (held.json()["code"], held.headers["retry-after"]) == ("server-busy", "30")
        assert (await flood.get("/")).status_code == 200
        assert (await other.post("/")).status_code == 200
    async with client("127.0.0.1", app) as here:
        assert {(await here.post("/")).status_code for _ in range(9)} == {200}
