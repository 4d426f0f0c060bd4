"""A login fresh enough for the dangerous steps: approving, people and roles, keys and devices.

A browser left open is no proof that the same person still sits at it. Signing in rotates the login,
so its age is the time since its person last proved who they are.
"""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request

from ..errors import Problem
from ..services import services_of
from .backend import Visitor, signed_in


def demand_fresh(request: Request, visitor: Visitor) -> None:
    """Raises `sign-in-again` when the visitor signed in too long ago (HOSO_FRESH_MINUTES)."""
    services = services_of(request)
    minutes = services.settings.fresh_minutes
    if services.clock.now() - visitor.login.created_at > timedelta(minutes=minutes):
        raise Problem("sign-in-again", {"minutes": minutes})


async def freshly_signed_in(request: Request) -> Visitor:
    """Who signed in a moment ago. Raises `sign-in-required`, `sign-in-again`."""
    visitor = await signed_in(request)
    demand_fresh(request, visitor)
    return visitor
