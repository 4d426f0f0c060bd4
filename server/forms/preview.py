"""A form on the author's own machine, to be filled in a browser without an account.

Serves the phone's app and one form, compiled anew each time the first address is opened; keeps and
sends nothing. Only for the loopback: the app never asks who is there.
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import Problem
from ..http import problem_response
from . import sources
from .findings import Finding
from .media import type_of

JSON = "application/json"
NEVER_KEPT = {"Cache-Control": "no-store"}


class Preview:
    """The form as it was last compiled; earlier ones stay, for pages still open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, tuple[str, bytes]] = {}

    async def open(self, request: Request) -> Response:
        """Compile the form and go to it; tell its faults when it has any."""
        report = await asyncio.to_thread(sources.check, self.path)
        made = report.compiled
        if made is None:
            page = faults_page(self.path.name, report.findings)
            return HTMLResponse(page, 422, headers=NEVER_KEPT)
        self.files[f"forms/{made.digest}"] = (JSON, made.content)
        for digest, (_, content) in {**made.resources, **made.translations}.items():
            self.files[f"resources/{digest}"] = (JSON, content)
        for digest, (name, content) in made.media.items():
            self.files[f"media/{digest}"] = (type_of(name) or "", content)
        return RedirectResponse(f"/preview/{made.digest}", 303, headers=NEVER_KEPT)

    async def file(self, request: Request) -> Response:
        """The form, one of its lists, pictures or sounds."""
        name = request.url.path.strip("/").removesuffix(".json")
        if name not in self.files:
            return Response(status_code=404)
        kind, content = self.files[name]
        return Response(content, media_type=kind, headers=NEVER_KEPT)


def application(path: Path, screens: Sequence[BaseRoute]) -> Starlette:
    """The preview of one file or folder; `screens` are the routes of the built phone app."""
    preview = Preview(path)
    return Starlette(
        routes=[
            Route("/", preview.open),
            Route("/forms/{digest}.json", preview.file),
            Route("/resources/{digest}.json", preview.file),
            Route("/media/{digest}", preview.file),
            *screens,
        ],
        # The app asks for a catalogue, too: there is none, and that is no fault.
        exception_handlers={Problem: _told},
    )


async def _told(request: Request, error: Exception) -> Response:
    return problem_response(request, error if isinstance(error, Problem) else Problem("not-found"))


def faults_page(name: str, findings: list[Finding]) -> str:
    """A page that names the faults; opening it again tries the form again."""
    rows = "".join(
        f"<li><b>{html.escape(one.place)}</b>: {html.escape(one.en)}</li>" for one in findings
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(name)}</title>'
        f"<h1>{html.escape(name)} cannot be published yet</h1><ul>{rows}</ul>"
        '<p><a href="/">Try again</a></p></html>'
    )
