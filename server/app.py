"""The application put together: routes, middleware, error handlers, lifespan.

The order of the route table is the order of the features; the phone app's files come last. The
lifespan opens what lives as long as the process and hands it to requests through their state.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import TypedDict
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from tortoise import connections

from . import VERSION, client
from .attachments.routes import routes as attachment_routes
from .attachments.store import PageStore, open_store
from .attachments.uploads import Uploads
from .clock import Clock
from .database import close_database, open_database
from .desk.inputs import local_path
from .desk.rendering import language_of, page
from .desk.routes import routes as desk_routes
from .dossiers.arrivals import page_received
from .errors import Problem
from .floods import Floods
from .forms.conversion import Conversions
from .forms.routes import routes as form_routes
from .forms.shelf import FormShelf
from .headers import PROTECTION, ProtectiveHeaders, RingAfterChange
from .hints import data_of, files_of
from .http import as_problem, json_response, problem_response
from .identity.account import routes as account_routes
from .identity.carriers import sender_for
from .identity.openid_provider import OpenidProvider
from .identity.openid_routes import routes as openid_routes
from .identity.routes import routes as identity_routes
from .identity.senders import Sender
from .interface import operation
from .interface_pages import routes as interface_routes
from .notifications.routes import routes as notification_routes
from .notifications.web_push import WebPush
from .origin import OwnOrigin
from .refusals import note_problem
from .results.routes import routes as result_routes
from .services import Services, open_services
from .settings import Settings, read
from .sizes import BoundedBodies
from .sweeps import Sweep, sweeps_of
from .sync.catalogue import CatalogueDigest
from .sync.erasure import erase_old
from .sync.inbox import Inbox
from .sync.openings import routes as opening_routes
from .sync.routes import routes as sync_routes
from .tracking.routes import routes as tracking_routes
from .turns import Turns
from .worker import Worker, working

log = logging.getLogger("hoso")


class State(TypedDict):
    """What every request finds in its state; a feature reads its own by a function of its own."""

    services: Services
    sender: Sender
    openid: OpenidProvider | None
    pages: PageStore
    uploads: Uploads
    forms: FormShelf
    conversions: Conversions
    inbox: Inbox
    turns: Turns
    catalogue: CatalogueDigest


def application(settings: Settings, clock: Clock | None = None) -> Starlette:
    """The whole server for one configuration; nothing is opened before its lifespan starts."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[State]:
        services = open_services(settings, clock)
        async with contextlib.AsyncExitStack() as stack:
            # Whatever goes wrong from here on, an open database would keep the process alive.
            stack.push_async_callback(close_database)
            await open_database(settings)
            push = await stack.enter_async_context(
                WebPush(services.keyring.push, settings.push_contact, settings.push_hosts)
            )
            pages, forms, turns = open_store(settings.blob_url), FormShelf(), Turns()
            uploads = Uploads(
                settings.data / "uploads",
                pages,
                services.clock,
                lambda digest: page_received(digest, services.clock.now()),
                settings.upload_quota,
                turns,
            )
            sweeps: tuple[Sweep, ...] = (
                *sweeps_of(uploads, timedelta(days=settings.pages_days)),
                partial(erase_old, pages, settings.erase_after_days),
            )
            worker = Worker(services.clock, push, services.changed, sweeps=sweeps)
            await stack.enter_async_context(working(worker))
            inbox = await stack.enter_async_context(Inbox(services, forms).working())
            yield {
                "services": services,
                "sender": sender_for(settings),
                "openid": OpenidProvider(settings) if settings.oidc_issuer else None,
                "pages": pages,
                "forms": forms,
                "conversions": Conversions(),
                "inbox": inbox,
                "turns": turns,
                "catalogue": CatalogueDigest(services),
                "uploads": uploads,
            }

    return Starlette(
        routes=routes(settings),
        middleware=[
            Middleware(ProtectiveHeaders, is_secure=settings.is_secure),
            Middleware(Floods),
            Middleware(BoundedBodies),
            Middleware(OwnOrigin, settings=settings),
            Middleware(RingAfterChange, bell=_bell),
        ],
        exception_handlers={Exception: on_error, Problem: on_error, 404: on_error, 405: on_error},
        lifespan=lifespan,
    )


def from_environment() -> Starlette:
    """The application of this process's environment, for the server that runs it."""
    app = application(read())
    look_for_garbage_less_often()
    return app


def look_for_garbage_less_often() -> None:
    """What is loaded by now is for good, and is not looked through again.

    A batch of dossiers makes some ten thousand objects: looking through all that was ever loaded
    after every few hundred of them costs a tenth of the work.
    """
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def routes(settings: Settings) -> list[BaseRoute]:
    """The route table."""
    return [
        Route("/health", health, methods=["GET"]),
        *interface_routes,
        *identity_routes,
        *account_routes,
        *openid_routes,
        *notification_routes,
        *form_routes(),
        *attachment_routes,
        *result_routes,
        *tracking_routes,
        *opening_routes,
        *sync_routes,
        *desk_routes,
        *client.routes(settings.client, data_of, files_of),
    ]


def _bell(scope: object) -> asyncio.Event:
    services: Services = scope["state"]["services"]  # type: ignore[index]
    return services.changed


@operation(answer=dict[str, str], problems=("server-fault",))
async def health(request: Request) -> Response:
    """Whether the server runs and reaches its database."""
    await connections.get("default").execute_query_dict("SELECT 1 AS one")
    return json_response({"status": "ok", "version": VERSION})


async def on_error(request: Request, error: Exception) -> Response:
    """Any exception as an answer: a page for people at the desk, a problem for programs."""
    problem = as_problem(error)
    answer = _told(request, problem)
    if problem.code == "server-fault":
        # Answers to unforeseen faults leave outside of all middleware.
        for name, value in PROTECTION.items():
            answer.headers.setdefault(name, value)
    return answer


def _told(request: Request, problem: Problem) -> Response:
    is_desk = request.url.path.startswith(("/desk", "/verify"))
    # Who mistypes an address in a browser reads a page, too.
    is_astray = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if not (is_desk or is_astray) or _wants_json(request):
        return problem_response(request, problem)
    if is_desk and problem.code == "sign-in-required" and request.method == "GET":
        return RedirectResponse(f"/desk/sign-in?next={quote(request.url.path)}", status_code=303)
    if is_desk and problem.code == "sign-in-again":
        # Back to the page with the button, not to where the button led.
        page_before = local_path(urlsplit(request.headers.get("referer", "")).path, "/desk")
        return RedirectResponse(f"/desk/sign-in?again&next={quote(page_before)}", status_code=303)
    note_problem(request, problem)
    home = "/desk" if is_desk else "/"
    told = {"sentence": problem.sentence(language_of(request)), "back": home}
    visitor = getattr(request.state, "visitor", None) if is_desk else None
    answer = page(request, "problem.html", visitor, told, status=problem.status, home=home)
    answer.headers.update(problem.headers)
    return answer


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    sent = request.headers.get("content-type", "")
    return sent.startswith("application/json") or ("json" in accepted and "html" not in accepted)
