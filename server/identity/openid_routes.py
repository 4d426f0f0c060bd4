"""HTTP for signing in by an OpenID Connect provider: begin, come back."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import Problem
from ..http import json_response, read_json
from ..interface import operation
from ..refusals import note_problem
from ..services import services_of
from . import actions, logins, openid
from .cookies import Cookie
from .openid_provider import provider_of

# A sign-in under way: only the browser that began takes the provider's answer.
COOKIE = Cookie("hoso-openid")


class OpenidOffer(msgspec.Struct, rename="camel"):
    """Whether a provider may be used to sign in, and what it is called."""

    is_offered: bool
    name: str


class OpenidStart(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """Begin; `enrolment` is the token of a link by which the provider's identity gets bound."""

    screen: Literal["app", "desk"] = "app"
    enrolment: Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[A-Za-z0-9_-]*$")] = ""


class OpenidAddress(msgspec.Struct):
    """Where the page takes its browser."""

    url: str


@operation(answer=OpenidOffer)
async def offer(request: Request) -> Response:
    """Say whether people may sign in by an OpenID Connect provider."""
    settings = services_of(request).settings
    return json_response(OpenidOffer(bool(settings.oidc_issuer), settings.oidc_name))


@operation(
    body=OpenidStart,
    answer=OpenidAddress,
    problems=(
        "openid-off",
        "openid-refused",
        "openid-unreachable",
        "enrolment-invalid",
        "request-malformed",
        "too-many-attempts",
    ),
)
async def start(request: Request) -> Response:
    """Begin signing in by the provider; sets a cookie that the answer must meet again."""
    body = await read_json(request, OpenidStart)
    url, cookie = await _begin(request, body.screen, body.enrolment)
    response = json_response(OpenidAddress(url))
    COOKIE.hand(response, services_of(request).settings, cookie, openid.LIFE)
    return response


async def go(request: Request) -> Response:
    """Begin at the desk, by a plain link: forms may not lead to other sites (form-action).

    It takes no enrolment link: another site could lead a browser here, and bind its identity.
    """
    try:
        url, cookie = await _begin(request, "desk", "")
    except Problem as problem:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        note_problem(request, problem)
        return RedirectResponse(f"{openid.ENTRANCES['desk']}?problem={problem.code}", 303)
    response = RedirectResponse(url, 303)
    COOKIE.hand(response, services_of(request).settings, cookie, openid.LIFE)
    return response


async def callback(request: Request) -> Response:
    """Come back from the provider: signed in, and on to the app or the desk.

    Who reads pages and is refused goes back to where they began, and is told there why.
    """
    settings = services_of(request).settings
    screen = ""
    try:
        attempt = openid.attempt_from(COOKIE.of(request, settings) or "")
        screen = attempt.screen
        response = await _come_back(request, attempt)
    except Problem as problem:
        if not screen or "text/html" not in request.headers.get("accept", ""):
            raise
        note_problem(request, problem)
        return RedirectResponse(f"{openid.ENTRANCES[screen]}?problem={problem.code}", 303)
    COOKIE.take_back(response, settings)
    return response


async def _come_back(request: Request, attempt: openid.Attempt) -> Response:
    services, provider = services_of(request), provider_of(request)
    person = await openid.finish(services, provider, attempt, request.query_params)
    token = await actions.sign_in_with_openid(request, person)
    response = RedirectResponse(openid.SCREENS[attempt.screen], 303)
    logins.set_cookie(response, services.settings, token)
    return response


async def _begin(request: Request, screen: str, enrolment: str) -> tuple[str, str]:
    provider = provider_of(request)
    await actions.count_challenge(request)
    now = services_of(request).clock.now()
    url, attempt = await openid.begin(provider, screen, enrolment, now)
    return url, attempt.cookie


routes: list[BaseRoute] = [
    Route("/identity/openid", offer, methods=["GET"]),
    Route("/identity/openid", start, methods=["POST"]),
    Route("/identity/openid/start", go, methods=["GET"]),
    Route("/identity/openid/callback", callback, methods=["GET"]),
]
