"""A code that opens a dossier on the applicant's own phone, made with the applicant at the desk."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..clock import local
from ..dossiers.actions import readable
from ..services import services_of
from ..tracking import claims
from .asking import at_desk, dossier_id, place_of
from .rendering import page


async def make(request: Request) -> Response:
    """Make the code and show it this once."""
    desk = await at_desk(request)
    dossier = await readable(desk.visitor, dossier_id(request))
    actor = desk.visitor.actor("claim", dossier.commune_code)
    secret = services_of(request).keyring.secret
    code = await claims.issue(secret, dossier, actor, desk.now)
    return page(
        request,
        "claim.html",
        desk.visitor,
        {
            "code": code,
            "dossier": dossier,
            "until": f"{local(desk.now + claims.LIFE):%H:%M}",
        },
        place=await place_of(desk),
    )
