"""Signing in and out at the desk, and the language: forms that work without JavaScript."""

from __future__ import annotations

from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import Problem
from ..http import language_cookie
from ..identity import actions, logins
from ..identity.backend import visitor
from ..identity.senders import sender_of
from ..refusals import note_problem
from ..services import services_of
from .inputs import local_path, posted, text
from .rendering import language_of, page
from .words import say

HOME = "/desk/dossiers"
# What an address may make this page say.
TOLD = ("openid-off", "openid-refused", "openid-unknown", "openid-unreachable", "openid-taken")


async def home(request: Request) -> Response:
    """The desk's address: to the list, or to the sign-in page."""
    return RedirectResponse(HOME if await visitor(request) else "/desk/sign-in", 303)


async def sign_in_page(request: Request) -> Response:
    """Ask for the account. `?problem=`: why the provider's sign-in led back here."""
    problem = request.query_params.get("problem", "")
    told = Problem(problem).sentence(language_of(request)) if problem in TOLD else ""
    return page(
        request,
        "sign_in.html",
        None,
        {
            "account": "",
            "next": local_path(request.query_params.get("next", ""), HOME),
            "again": "again" in request.query_params,
            "openid": services_of(request).settings.oidc_name,
        },
        fault=told,
    )


async def sign_in(request: Request) -> Response:
    """First the account, then the code that was sent; the answer never tells whether one exists."""
    form = await posted(request)
    language = language_of(request)
    forward: dict[str, Any] = {
        "next": local_path(text(form, "next"), HOME),
        "again": False,
        "openid": services_of(request).settings.oidc_name,
    }
    account = text(form, "account", longest=60).lower()
    code = text(form, "code", longest=8)
    try:
        if not account:
            raise Problem("input-missing", {"field": say("account", language)})
        if not code and text(form, "has_code"):
            return page(request, "sign_in.html", None, {"account": account, **forward})
        if not code:
            await actions.ask_code(request, account)
            sending = BackgroundTask(
                actions.send_code, services_of(request), sender_of(request), account
            )
            answer = page(request, "sign_in.html", None, {"account": account, **forward})
            answer.background = sending
            return answer
        _, token = await actions.sign_in_with_code(request, account, code)
    except Problem as problem:
        note_problem(request, problem)
        return page(
            request,
            "sign_in.html",
            None,
            {"account": account if code else "", **forward},
            status=problem.status,
            fault=problem.sentence(language),
        )
    response = RedirectResponse(forward["next"], 303)
    logins.set_cookie(response, services_of(request).settings, token)
    return response


async def sign_out(request: Request) -> Response:
    """End this browser's login."""
    await actions.sign_out(request)
    response = RedirectResponse("/desk/sign-in", 303)
    logins.clear_cookie(response, services_of(request).settings)
    return response


async def choose_language(request: Request) -> Response:
    """Keep the language in a cookie and come back."""
    form = await posted(request)
    response = RedirectResponse(local_path(text(form, "back"), "/desk"), 303)
    is_secure = services_of(request).settings.is_secure
    response.set_cookie(
        language_cookie(is_secure=is_secure),
        "en" if text(form, "language") == "en" else "vi",
        max_age=365 * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure,
    )
    return response


routes: list[BaseRoute] = [
    Route("/desk", home, methods=["GET"]),
    Route("/desk/sign-in", sign_in_page, methods=["GET"]),
    Route("/desk/sign-in", sign_in, methods=["POST"]),
    Route("/desk/sign-out", sign_out, methods=["POST"]),
    Route("/desk/language", choose_language, methods=["POST"]),
]
