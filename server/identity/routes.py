"""HTTP for signing in, enrolling and one's own devices."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .. import base64url
from ..clock import iso
from ..errors import Problem
from ..http import json_response, read_json
from ..interface import operation
from ..services import services_of
from . import actions, devices, logins, passkeys
from .backend import roles_of, signed_in
from .models import Commune, Person
from .senders import sender_of

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class CodeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Ask for a code."""

    account: Short


class CodeLogin(msgspec.Struct, forbid_unknown_fields=True):
    """Sign in by code."""

    account: Short
    code: Short


class RoleView(msgspec.Struct, rename="camel"):
    """One role in one commune; both commune fields are empty for the whole server."""

    role: str
    commune: str
    commune_name: str


class PersonView(msgspec.Struct, rename="camel"):
    """Who is signed in."""

    id: str
    account: str
    name: str
    roles: list[RoleView]


class EnrolmentOptions(msgspec.Struct, rename="camel"):
    """Whom a link is for, and the options for `navigator.credentials.create`."""

    name: str
    options: dict[str, Any]


class PasskeyOptions(msgspec.Struct, rename="camel"):
    """The options for `navigator.credentials.get`."""

    options: dict[str, Any]


class PasskeyAnswer(msgspec.Struct, rename="camel"):
    """A credential as `toJSON()` gives it, extension results left out, and a name for the key."""

    credential: dict[str, Any]
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class DeviceKey(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """The public point (65 bytes, base64url) of this browser's store, and proof of holding it.

    Nonce and proof as in a sync without cursor; a key that never sent anything may leave them out.
    """

    key: Annotated[str, msgspec.Meta(max_length=100)]
    nonce: Annotated[str, msgspec.Meta(max_length=100)] = ""
    proof: Annotated[str, msgspec.Meta(max_length=100)] = ""
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class DeviceView(msgspec.Struct, rename="camel"):
    """One device of the person."""

    id: str
    name: str
    registered_at: str
    is_revoked: bool


async def view(person: Person) -> PersonView:
    """A person as their own browser sees them."""
    roles = await roles_of(person)
    names = {c.code: c.name for c in await Commune.filter(code__in=[r.commune for r in roles])}
    return PersonView(
        id=str(person.id),
        account=person.account,
        name=person.name,
        roles=[RoleView(r.role, r.commune, names.get(r.commune, "")) for r in roles],
    )


async def _signed_in_answer(request: Request, person: Person, token: str) -> Response:
    response = json_response(await view(person))
    logins.set_cookie(response, services_of(request).settings, token)
    return response


@operation(answer=PersonView, problems=("sign-in-required",))
async def me(request: Request) -> Response:
    """Who is signed in."""
    return json_response(await view((await signed_in(request)).person))


@operation(body=CodeRequest, status=202, problems=("request-malformed", "too-many-attempts"))
async def ask_code(request: Request) -> Response:
    """Send a one-time code to the person of an account; the answer is the same for none."""
    body = await read_json(request, CodeRequest)
    account = body.account.strip().lower()
    await actions.ask_code(request, account)
    task = BackgroundTask(actions.send_code, services_of(request), sender_of(request), account)
    return Response(status_code=202, background=task)


@operation(
    body=CodeLogin,
    answer=PersonView,
    problems=("sign-in-refused", "passkey-required", "too-many-attempts"),
)
async def log_in(request: Request) -> Response:
    """Sign in by one-time code; sets the login cookie."""
    body = await read_json(request, CodeLogin)
    return await _signed_in_answer(
        request, *await actions.sign_in_with_code(request, body.account, body.code)
    )


@operation(status=204)
async def log_out(request: Request) -> Response:
    """End this browser's login."""
    await actions.sign_out(request)
    response = Response(status_code=204)
    logins.clear_cookie(response, services_of(request).settings)
    return response


@operation(answer=EnrolmentOptions, problems=("enrolment-invalid", "too-many-attempts"))
async def enrolment_options(request: Request) -> Response:
    """Begin adding a passkey by an enrolment link."""
    services = services_of(request)
    await actions.count_challenge(request)
    person, options = await passkeys.registration_options(
        services.settings, request.path_params["token"], services.clock.now()
    )
    return json_response(EnrolmentOptions(person.name, options))


@operation(
    body=PasskeyAnswer,
    answer=PersonView,
    problems=("enrolment-invalid", "passkey-refused", "secret-in-body"),
)
async def enrol(request: Request) -> Response:
    """Add the passkey, use the link up and sign in."""
    body = await read_json(request, PasskeyAnswer)
    token = request.path_params["token"]
    return await _signed_in_answer(
        request, *await actions.enrol_passkey(request, token, body.credential, body.name)
    )


@operation(answer=PasskeyOptions, problems=("too-many-attempts",))
async def passkey_options(request: Request) -> Response:
    """Begin a passkey login; no account is named."""
    services = services_of(request)
    await actions.count_challenge(request)
    options = await passkeys.login_options(services.settings, services.clock.now())
    return json_response(PasskeyOptions(options))


@operation(body=PasskeyAnswer, answer=PersonView, problems=("passkey-refused", "secret-in-body"))
async def passkey_log_in(request: Request) -> Response:
    """Sign in by passkey; sets the login cookie."""
    body = await read_json(request, PasskeyAnswer)
    return await _signed_in_answer(
        request, *await actions.sign_in_with_passkey(request, body.credential)
    )


@operation(answer=list[DeviceView], problems=("sign-in-required",))
async def list_devices(request: Request) -> Response:
    """The signed-in person's devices."""
    visitor = await signed_in(request)
    found = await devices.of_person(visitor.id)
    return json_response(
        [DeviceView(d.id, d.name, iso(d.registered_at), d.revoked_at is not None) for d in found]
    )


@operation(
    body=DeviceKey,
    answer=DeviceView,
    problems=("sign-in-required", "signature-invalid", "not-allowed"),
)
async def enrol_device(request: Request) -> Response:
    """Make this browser's device key the signed-in person's."""
    visitor = await signed_in(request)
    body = await read_json(request, DeviceKey)
    try:
        point = base64url.decode(body.key)
    except ValueError:
        raise Problem("signature-invalid") from None
    services = services_of(request)
    now, secret = services.clock.now(), services.keyring.secret
    is_proven = devices.check_proof(secret, point, body.nonce, body.proof, "", now)
    device = await devices.enrol(
        visitor.person, visitor.role, point, now, body.name, is_proven=is_proven
    )
    await devices.attach(visitor.login, device.id)
    return json_response(DeviceView(device.id, device.name, iso(device.registered_at), False))


@operation(status=204, problems=("sign-in-required", "not-allowed"))
async def revoke_device(request: Request) -> Response:
    """Trust one of the signed-in person's devices no more."""
    visitor = await signed_in(request)
    owned = {device.id for device in await devices.of_person(visitor.id)}
    if request.path_params["device"] not in owned:
        raise Problem("not-allowed")
    actor = visitor.actor_of_self()
    now = services_of(request).clock.now()
    await devices.revoke(request.path_params["device"], actor, now)
    return Response(status_code=204)


routes: list[BaseRoute] = [
    Route("/identity/me", me, methods=["GET"]),
    Route("/identity/codes", ask_code, methods=["POST"]),
    Route("/identity/logins", log_in, methods=["POST"]),
    Route("/identity/login", log_out, methods=["DELETE"]),
    Route("/identity/enrolments/{token}/options", enrolment_options, methods=["POST"]),
    Route("/identity/enrolments/{token}", enrol, methods=["POST"]),
    Route("/identity/passkey-logins/options", passkey_options, methods=["POST"]),
    Route("/identity/passkey-logins", passkey_log_in, methods=["POST"]),
    Route("/identity/devices", list_devices, methods=["GET"]),
    Route("/identity/devices", enrol_device, methods=["POST"]),
    Route("/identity/devices/{device}", revoke_device, methods=["DELETE"]),
]
