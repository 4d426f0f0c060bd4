"""The administrator's list of procedures: which are open for filing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..dossiers.actions import Desk
from ..errors import Problem
from ..forms.actions import set_open as set_procedure_open
from ..forms.models import Procedure
from .asking import at_desk, named
from .inputs import posted, text
from .rendering import language_of, page


async def as_administrator(request: Request) -> Desk:
    """Who keeps procedures and forms. Raises `sign-in-required`, `not-allowed`."""
    desk = await at_desk(request)
    if not desk.visitor.may("administer", ""):
        raise Problem("not-allowed")
    return desk


async def show(request: Request) -> Response:
    """All procedures."""
    desk = await as_administrator(request)
    language = language_of(request)
    found = await Procedure.all().order_by("position", "code")
    return page(
        request,
        "procedures.html",
        desk.visitor,
        {
            "items": [
                {
                    "code": one.code,
                    "name": named(one.about, "name", language),
                    "is_open": one.is_open,
                    "form": one.form_digest,
                }
                for one in found
            ]
        },
    )


async def set_open(request: Request) -> Response:
    """Open or close one procedure; doing it twice is the same as once."""
    desk = await as_administrator(request)
    form = await posted(request)
    await set_procedure_open(
        request.path_params["code"],
        text(form, "open") == "yes",
        desk.visitor.actor("administer", ""),
        desk.now,
    )
    return RedirectResponse("/desk/procedures", 303)
