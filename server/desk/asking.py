"""Who stands at the desk and what every page of it needs: the visitor, the hour, the calendar."""

from __future__ import annotations

import uuid

from starlette.requests import Request

from ..dossiers.actions import Desk
from ..dossiers.working_days import calendar
from ..errors import Problem
from ..forms.models import Procedure
from ..identity.backend import signed_in
from ..identity.models import Commune
from ..identity.permissions import communes_for
from ..services import services_of


async def at_desk(request: Request) -> Desk:
    """The desk of whoever is signed in. Raises `sign-in-required`."""
    services = services_of(request)
    working = calendar(services.settings.unconfirmed_holidays)
    return Desk(await signed_in(request), services.clock.now(), working)


def dossier_id(request: Request) -> uuid.UUID:
    """The dossier in the address. Raises `dossier-unknown` for what is no id."""
    try:
        return uuid.UUID(request.path_params["dossier"])
    except ValueError:
        raise Problem("dossier-unknown") from None


async def place_of(desk: Desk, verb: str = "read") -> str:
    """Names of the communes the visitor serves, for the bar on top; empty for all or none."""
    codes = communes_for(desk.visitor.roles, verb)
    if not codes:
        return ""
    found = await Commune.filter(code__in=sorted(codes)).order_by("name")
    return ", ".join(commune.name for commune in found)


def named(about: dict[str, object], key: str, language: str) -> str:
    """A text of the catalogue, `{vi, en}`, in one language."""
    value = about.get(key)
    if not isinstance(value, dict):
        return ""
    return str(value.get(language) or value.get("vi") or "")


async def procedure_names(codes: set[str], language: str) -> dict[str, str]:
    """Code → name; a procedure that was taken away reads as its code."""
    found = await Procedure.filter(code__in=sorted(codes) or ["-"])
    names = {one.code: named(one.about, "name", language) or one.code for one in found}
    return {code: names.get(code, code) for code in codes}
