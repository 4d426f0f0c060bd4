"""Cookies that stand for something secret: out of reach of scripts, of this host alone.

All are `SameSite=Lax`: with strict ones, who comes from a message or back from a provider of
identities would be nobody on the first page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import HTTPConnection
from starlette.responses import Response

from ..settings import Settings


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie by its plain name."""

    name: str

    def name_in(self, settings: Settings) -> str:
        """`__Host-` binds it to this host; browsers take that name over https alone."""
        return f"__Host-{self.name}" if settings.is_secure else self.name

    def of(self, request: HTTPConnection, settings: Settings) -> str | None:
        """What a browser sent."""
        return request.cookies.get(self.name_in(settings))

    def hand(self, response: Response, settings: Settings, content: str, life: timedelta) -> None:
        """Give it to the browser."""
        response.set_cookie(
            self.name_in(settings),
            content,
            max_age=int(life.total_seconds()),
            path="/",
            secure=settings.is_secure,
            httponly=True,
            samesite="lax",
        )

    def take_back(self, response: Response, settings: Settings) -> None:
        """Take it away from the browser."""
        name, is_secure = self.name_in(settings), settings.is_secure
        response.delete_cookie(name, path="/", secure=is_secure, httponly=True, samesite="lax")
