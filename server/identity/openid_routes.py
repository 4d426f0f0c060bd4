"""HTTP for signing in by an OpenID Connect provider: begin, come back."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..http import json_response, read_json
from ..interface import operation
from ..services import services_of
from ..settings import Settings
from . import actions, logins, openid
from .openid_provider import provider_of


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
    _keep(response, services_of(request).settings, cookie)
    return response


async def go(request: Request) -> Response:
    """Begin at the desk, by a plain link: forms may not lead to other sites (form-action).

    It takes no enrolment link: another site could lead a browser here, and bind its identity.
    """
    url, cookie = await _begin(request, "desk", "")
    response = RedirectResponse(url, 303)
    _keep(response, services_of(request).settings, cookie)
    return response


async def callback(request: Request) -> Response:
    """Come back from the provider: signed in, and on to the app or the desk."""
    services, provider = services_of(request), provider_of(request)
    attempt = openid.attempt_from(request.cookies.get(cookie_name(services.settings), ""))
    person = await openid.finish(services, provider, attempt, request.query_params)
    token = await actions.sign_in_with_openid(request, person)
    response = RedirectResponse(openid.SCREENS[attempt.screen], 303)
    logins.set_cookie(response, services.settings, token)
    name, is_secure = cookie_name(services.settings), services.settings.is_secure
    response.delete_cookie(name, path="/", secure=is_secure, httponly=True, samesite="lax")
    return response


async def _begin(request: Request, screen: str, enrolment: str) -> tuple[str, str]:
    provider = provider_of(request)
    await actions.count_challenge(request)
    now = services_of(request).clock.now()
    url, attempt = await openid.begin(provider, screen, enrolment, now)
    return url, attempt.cookie


def cookie_name(settings: Settings) -> str:
    """The cookie of a sign-in under way."""
    return "__Host-hoso-openid" if settings.is_secure else "hoso-openid"


def _keep(response: Response, settings: Settings, cookie: str) -> None:
    response.set_cookie(
        cookie_name(settings),
        cookie,
        max_age=int(openid.LIFE.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        # The provider leads back from another site: strict would keep the cookie from us.
        samesite="lax",
    )


routes: list[BaseRoute] = [
    Route("/identity/openid", offer, methods=["GET"]),
    Route("/identity/openid", start, methods=["POST"]),
    Route("/identity/openid/start", go, methods=["GET"]),
    Route("/identity/openid/callback", callback, methods=["GET"]),
]
