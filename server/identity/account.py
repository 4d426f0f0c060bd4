"""HTTP for one's own account: passkeys and the browsers signed in, listed, named and ended."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..clock import iso
from ..errors import Problem
from ..http import json_response, read_json
from ..interface import operation
from ..services import services_of
from . import actions, logins, passkeys
from .backend import signed_in
from .fresh import freshly_signed_in
from .models import Passkey
from .routes import PasskeyAnswer, PasskeyOptions


class LoginView(msgspec.Struct, rename="camel"):
    """One browser that is signed in. `way`: `code`, `passkey` or `openid`."""

    id: str
    way: str
    agent: str
    created_at: str
    seen_at: str
    is_this: bool


class PasskeyView(msgspec.Struct, rename="camel"):
    """One passkey; `isBackedUp`: its provider keeps a copy, so a lost phone does not lose it."""

    id: str
    name: str
    created_at: str
    used_at: str | None
    is_backed_up: bool


class PasskeyName(msgspec.Struct, forbid_unknown_fields=True):
    """What to call a passkey."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


@operation(answer=list[LoginView], problems=("sign-in-required",))
async def list_logins(request: Request) -> Response:
    """Where the signed-in person is signed in."""
    visitor = await signed_in(request)
    found = await logins.of_person(visitor.id, services_of(request).clock.now())
    return json_response(
        [
            LoginView(
                id=logins.name_of(one),
                way=one.way,
                agent=one.agent,
                created_at=iso(one.created_at),
                seen_at=iso(one.seen_at),
                is_this=one.token_digest == visitor.login.token_digest,
            )
            for one in found
        ]
    )


@operation(status=204, problems=("sign-in-required", "login-unknown"))
async def end_login(request: Request) -> Response:
    """Sign the person out on another browser, as one does for a phone that was left somewhere."""
    visitor = await signed_in(request)
    now = services_of(request).clock.now()
    if not await logins.end_one(visitor.id, request.path_params["login"], now):
        raise Problem("login-unknown")
    return Response(status_code=204)


@operation(answer=list[PasskeyView], problems=("sign-in-required",))
async def list_passkeys(request: Request) -> Response:
    """The signed-in person's passkeys."""
    found = await passkeys.of_person((await signed_in(request)).id)
    return json_response([_view(one) for one in found])


@operation(
    answer=PasskeyOptions, problems=("sign-in-required", "sign-in-again", "too-many-attempts")
)
async def passkey_options(request: Request) -> Response:
    """Begin adding another passkey to the signed-in person."""
    visitor = await freshly_signed_in(request)
    services = services_of(request)
    await actions.count_challenge(request)
    options = await passkeys.options_for(services.settings, visitor.person, services.clock.now())
    return json_response(PasskeyOptions(options))


@operation(
    body=PasskeyAnswer,
    answer=PasskeyView,
    problems=("sign-in-required", "sign-in-again", "passkey-refused", "secret-in-body"),
)
async def add_passkey(request: Request) -> Response:
    """Add another passkey to the signed-in person."""
    visitor = await freshly_signed_in(request)
    body = await read_json(request, PasskeyAnswer)
    services = services_of(request)
    now = services.clock.now()
    added = await passkeys.add(services.settings, visitor.person, body.credential, body.name, now)
    return json_response(_view(added))


@operation(body=PasskeyName, status=204, problems=("sign-in-required", "passkey-unknown"))
async def name_passkey(request: Request) -> Response:
    """Name one of the signed-in person's passkeys."""
    visitor = await signed_in(request)
    body = await read_json(request, PasskeyName)
    await passkeys.rename(visitor.id, request.path_params["passkey"], body.name)
    return Response(status_code=204)


@operation(status=204, problems=("sign-in-required", "sign-in-again", "passkey-unknown"))
async def revoke_passkey(request: Request) -> Response:
    """Remove one of the signed-in person's passkeys; their other browsers are signed out."""
    visitor = await freshly_signed_in(request)
    await passkeys.revoke(
        visitor.id,
        request.path_params["passkey"],
        visitor.actor_of_self(),
        services_of(request).clock.now(),
        visitor.login.token_digest,
    )
    return Response(status_code=204)


def _view(one: Passkey) -> PasskeyView:
    return PasskeyView(
        id=one.id,
        name=one.name,
        created_at=iso(one.created_at),
        used_at=iso(one.used_at) if one.used_at else None,
        is_backed_up=one.is_backed_up,
    )


routes: list[BaseRoute] = [
    Route("/identity/logins", list_logins, methods=["GET"]),
    Route("/identity/logins/{login}", end_login, methods=["DELETE"]),
    Route("/identity/passkeys", list_passkeys, methods=["GET"]),
    Route("/identity/passkeys", add_passkey, methods=["POST"]),
    Route("/identity/passkeys/options", passkey_options, methods=["POST"]),
    Route("/identity/passkeys/{passkey}", name_passkey, methods=["PUT"]),
    Route("/identity/passkeys/{passkey}", revoke_passkey, methods=["DELETE"]),
]
