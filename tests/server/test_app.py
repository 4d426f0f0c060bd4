"""The application put together: the route table, what every answer carries, how errors leave."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import time
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.app import application
from server.clock import FixedClock
from server.errors import Problem
from server.events import Event
from server.settings import Settings
from tests.support.application import Running, running, test_settings
from tests.support.people import services_in


async def test_health_tells_that_the_database_answers(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize("path", ["/health", "/docs", "/not-there", "/desk/not-there", "/sync"])
async def test_every_answer_carries_the_protective_headers(
    browser: httpx2.AsyncClient, path: str
) -> None:
    headers = (await browser.get(path)).headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "require-trusted-types-for 'script'; trusted-types default" in policy
    assert "strict-transport-security" not in headers


async def test_scripts_carry_the_policy_of_workers_and_https_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "client"
    (folder / "assets").mkdir(parents=True)
    stretcher = "assets/stretcher-1A2B.js"
    for name, content in (("sw.js", "0"), (stretcher, "0"), ("index.html", "<p>")):
        (folder / name).write_text(content)
    settings = test_settings(
        tmp_path / "data",
        f"sqlite://{tmp_path}/a.db",
        CLIENT=str(folder),
        ORIGIN="https://hoso.example.vn",
    )
    async with running(application(settings)) as server, server.browser() as browser:
        origin = {"Origin": "https://hoso.example.vn"}
        page = (await browser.get("/", headers=origin)).headers
        script = (await browser.get("/sw.js", headers=origin)).headers
        compiling = (await browser.get(f"/{stretcher}", headers=origin)).headers
    assert "require-trusted-types-for" in page["content-security-policy"]
    assert "trusted-types" not in script["content-security-policy"]
    assert "default-src 'self'" in script["content-security-policy"]
    # Machine code is compiled by the one worker that stretches PINs, and nowhere else.
    assert "script-src 'self' 'wasm-unsafe-eval'" in compiling["content-security-policy"]
    for others in (page, script):
        assert "unsafe" not in others["content-security-policy"]
    assert page["strict-transport-security"].startswith("max-age=31536000")


async def test_unknown_address_is_a_problem_in_the_readers_language(
    browser: httpx2.AsyncClient,
) -> None:
    vietnamese = await browser.get("/not-there")
    english = await browser.get("/not-there", headers={"Accept-Language": "en"})
    assert vietnamese.status_code == english.status_code == 404
    assert vietnamese.headers["content-type"] == "application/problem+json"
    assert vietnamese.json()["code"] == "not-found"
    assert vietnamese.json()["detail"] == vietnamese.json()["vi"]
    assert english.json()["detail"] == english.json()["en"]


async def test_wrong_method_is_a_problem(browser: httpx2.AsyncClient) -> None:
    answer = await browser.put("/identity/me")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")


async def test_unforeseen_fault_tells_nothing_of_its_inside(
    settings: Settings, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def break_down(request: Request) -> Response:
        raise RuntimeError("secret detail")

    app = application(settings, clock)
    app.router.routes.insert(0, Route("/break", break_down))
    async with running(app) as server, server.browser() as browser:
        answer = await browser.get("/break")
    assert (answer.status_code, answer.json()["code"]) == (500, "server-fault")
    assert "secret detail" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "secret detail" in caplog.text


async def test_problem_at_the_desk_is_a_page_and_sign_in_a_redirect(
    settings: Settings, clock: FixedClock
) -> None:
    async def refuse(request: Request) -> Response:
        raise Problem(request.path_params["code"], {"account": "<b>x</b>"})

    app = application(settings, clock)
    app.router.routes.insert(0, Route("/desk/try/{code}", refuse, methods=["GET", "POST"]))
    async with running(app) as server, server.browser() as browser:
        page = await browser.get("/desk/try/person-unknown")
        asked = await browser.get("/desk/try/sign-in-required")
        posted = await browser.post("/desk/try/sign-in-required")
        program = await browser.get("/desk/try/not-allowed", headers={"Accept": "application/json"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<b>x</b>" not in page.text
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text
    assert asked.status_code == 303
    assert asked.headers["location"] == "/desk/sign-in?next=/desk/try/sign-in-required"
    assert posted.status_code == 401
    assert program.json()["code"] == "not-allowed"


async def test_change_over_http_rings_the_workers_bell(
    server: Running, browser: httpx2.AsyncClient
) -> None:
    bell = services_in(server).changed
    rung: list[bool] = []
    ring = bell.set
    bell.set = lambda: (rung.append(True), ring())[1]  # type: ignore[method-assign]
    await browser.get("/health")
    assert rung == []
    await browser.delete("/identity/login")
    assert rung == [True]


async def test_server_keeps_its_keys_and_its_data_over_a_restart(
    settings: Settings, clock: FixedClock
) -> None:
    async with running(application(settings, clock)) as first:
        keyring = services_in(first).keyring
        assert await Event.all().count() == 0
    async with running(application(settings, clock)) as second:
        assert [k.kid for k in services_in(second).keyring.agency] == [
            k.kid for k in keyring.agency
        ]
        assert services_in(second).keyring.secret == keyring.secret


async def test_start_that_fails_leaves_nothing_open(tmp_path: Path, settings: Settings) -> None:
    (settings.data / "keys").mkdir(parents=True)
    (settings.data / "keys" / "push.pem").write_text("not a key")
    tasks = len(asyncio.all_tasks())
    with pytest.raises(ValueError, match="PEM"):
        async with running(application(settings)):
            raise AssertionError("it started")
    assert len(asyncio.all_tasks()) == tasks


def test_process_stops_by_itself_when_told_to(tmp_path: Path, migrated_url: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("HOSO_")},
        "HOSO_DATA": str(tmp_path / "data"),
        "HOSO_DATABASE_URL": migrated_url,
        "HOSO_PORT": str(port),
    }

    async def run() -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server", "serve"),
            env=environment,
            stderr=asyncio.subprocess.PIPE,
        )
        errors = asyncio.create_task(process.stderr.read())  # type: ignore[union-attr]
        try:
            async with httpx2.AsyncClient(trust_env=False) as client:
                until = time.monotonic() + 30
                while time.monotonic() < until and process.returncode is None:
                    with contextlib.suppress(httpx2.TransportError):
                        await client.get(f"http://127.0.0.1:{port}/health")
                        break
                    await asyncio.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            return await asyncio.wait_for(process.wait(), 20)
        finally:
            if process.returncode is None:
                process.kill()
            logging.info("server said: %s", (await errors).decode())

    assert asyncio.run(run()) in (0, -signal.SIGTERM)


async def test_mistyped_address_is_told_on_a_page_that_leads_home(
    browser: httpx2.AsyncClient,
) -> None:
    page = await browser.get("/khong-co", headers={"Accept": "text/html,*/*"})
    program = await browser.get("/khong-co", headers={"Accept": "*/*"})
    assert (page.status_code, program.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text
    assert program.json()["code"] == "not-found"
