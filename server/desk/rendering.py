"""Templates to pages:

the Jinja environment, the words in the person's language, the built assets.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..http import chosen_language
from ..identity.backend import Visitor
from ..services import services_of
from .words import WORDS, say

# What each part of the desk needs: a verb in some commune, or in the whole server.
MENU = (
    ("dossiers", "/desk/dossiers", "read"),
    ("held", "/desk/held", "decide"),
    ("rescue", "/desk/rescue", "receive"),
    ("procedures", "/desk/procedures", "administer everywhere"),
    ("forms", "/desk/forms", "administer everywhere"),
    ("rights", "/desk/rights", "rights"),
    ("people", "/desk/people", "administer"),
    ("audit", "/desk/audit", "audit"),
)
ROLE_WORDS = {
    "officer": ("Cán bộ thôn", "Village officer"),
    "clerk": ("Cán bộ một cửa", "Clerk"),
    "specialist": ("Chuyên viên", "Specialist"),
    "approver": ("Lãnh đạo ký duyệt", "Approver"),
    "administrator": ("Quản trị", "Administrator"),
    "auditor": ("Kiểm tra", "Auditor"),
}


def language_of(request: Request) -> str:
    """The desk is Vietnamese unless the person switched it, whatever the browser was sold with."""
    return "en" if chosen_language(request) == "en" else "vi"


def role_words(role: str, language: str) -> str:
    """A role as people say it."""
    vietnamese, english = ROLE_WORDS[role]
    return english if language == "en" else vietnamese


def page(
    request: Request,
    template: str,
    visitor: Visitor | None,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    place: str = "",
    fault: str = "",
    home: str = "/desk",
) -> HTMLResponse:
    """One page of the desk. `place` is the commune's name, `fault` a sentence shown on top,
    `home` where the name in the bar leads."""
    language = language_of(request)
    asset: Callable[[str], str] = partial(_asset, services_of(request).settings.client)
    html = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            t=lambda key, **facts: say(key, language, **facts),
            asset=asset,
            visitor=visitor.person if visitor else None,
            role_words=" · ".join(
                dict.fromkeys(role_words(held.role, language) for held in visitor.roles)
            )
            if visitor
            else "",
            menu=_menu(request, visitor, language),
            here=_here(request),
            place=place,
            home=home,
            fault=fault,
            done=_done(request, language),
            **(context or {}),
        )
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _menu(request: Request, visitor: Visitor | None, language: str) -> list[dict[str, Any]]:
    if visitor is None:
        return []
    communes = {held.commune for held in visitor.roles}
    return [
        {
            "label": say(key, language),
            "url": url,
            "is_current": request.url.path.startswith(url),
        }
        for key, url, needed in MENU
        for verb, _, everywhere in (needed.partition(" "),)
        if any(visitor.may(verb, commune) for commune in ([""] if everywhere else communes))
    ]


def _here(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query and request.method == "GET" else "")


def _done(request: Request, language: str) -> str:
    """The line after a redirect: `?done=receive`. Only known verbs are ever shown."""
    verb = request.query_params.get("done", "")
    return say("done", language, verb=say(verb, language)) if verb in WORDS else ""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(client: Path, name: str) -> str:
    return f"/desk/{_manifest(client).get(name, name)}"


@lru_cache(maxsize=8)
def _manifest(client: Path) -> dict[str, str]:
    """Source name to built name; empty where the client is not built (tests of the server)."""
    file = client / "desk" / "manifest.json"
    names: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    return names
