"""The frame of the pages that anybody may open, without login and without JavaScript.

`/verify` and `/track` put their own part into `templates/frame.html`, which brings the bar, the
link to the other language and the style sheet.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..http import chosen_language

FRAME = Path(__file__).parent / "templates"


def language_of(request: Request) -> str:
    """`vi` or `en`: as the address says, else as the person chose before, else Vietnamese.

    What the browser was sold with says nothing about who holds it.
    """
    asked = request.query_params.get("language", "")
    if asked in ("vi", "en"):
        return asked
    return "en" if chosen_language(request) == "en" else "vi"


def public_page(
    folder: Path, template: str, *, words: dict[str, str], status: int = 200, **values: object
) -> Response:
    """One page of `folder`, never kept by anybody on the way.

    `words` reach the template as `t`; `language`, `other_url` and what the page asks for come as
    values.
    """
    body = _environment(folder).get_template(template).render(t=words, **values)
    return HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader([folder, FRAME]), autoescape=True, undefined=StrictUndefined
    )
