"""The HTTP interface described by itself: `/openapi.json` and `/docs`, from the route table.

A handler says what it takes and gives with `@operation`; the rest (path, methods, sentence) is read
from the route and the handler's docstring, so that the description cannot drift from the code.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from . import VERSION
from .errors import CATALOGUE

Handler = TypeVar("Handler", bound=Callable[..., Any])
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


@dataclass(frozen=True, slots=True)
class Operation:
    """What one handler takes and gives. Shapes are msgspec types; none means no body."""

    body: Any = None
    answer: Any = None
    status: int = 200
    problems: tuple[str, ...] = ()


def operation(
    *, body: Any = None, answer: Any = None, status: int = 200, problems: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """Note on a handler what it takes and gives, for the description of the interface."""
    for code in problems:
        if code not in CATALOGUE:
            raise KeyError(f"no problem “{code}” in the catalogue")

    def note(handler: Handler) -> Handler:
        handler.operation = Operation(body, answer, status, problems)  # type: ignore[attr-defined]
        return handler

    return note


@dataclass(frozen=True, slots=True)
class Entry:
    """One method of one described path."""

    path: str
    method: str
    summary: str
    operation: Operation


def entries(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[Entry]:
    """The described operations, in the order of the route table."""
    for route in routes:
        if isinstance(route, Mount):
            yield from entries(route.routes or [], prefix + route.path)
        if not isinstance(route, Route):
            continue
        noted = getattr(route.endpoint, "operation", None)
        if not isinstance(noted, Operation):
            continue
        summary = (route.endpoint.__doc__ or "").strip().partition("\n")[0]
        path = _PARAMETER.sub(r"{\1}", prefix + route.path)
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}) or ["HEAD"]:
            yield Entry(path, method, summary, noted)


def openapi(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the described operations."""
    found = list(entries(routes))
    shapes = [s for e in found for s in (e.operation.body, e.operation.answer) if s is not None]
    schemas, components = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    given = iter(schemas)
    paths: dict[str, dict[str, Any]] = {}
    for entry in found:
        body = next(given) if entry.operation.body is not None else None
        answer = next(given) if entry.operation.answer is not None else None
        paths.setdefault(entry.path, {})[entry.method.lower()] = _described(entry, body, answer)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hoso", "version": VERSION},
        "paths": paths,
        "components": {"schemas": {**components, "Problem": _PROBLEM}},
    }


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457; `vi` and `en` are the same sentence in both languages.",
    "required": ["type", "title", "status", "detail", "code", "vi", "en"],
    "properties": {
        "status": {"type": "integer"},
        **{key: {"type": "string"} for key in ("type", "title", "detail", "vi", "en")},
        "code": {"type": "string", "enum": sorted(CATALOGUE)},
    },
}


def _described(entry: Entry, body: Any, answer: Any) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "OK" if entry.operation.status == 200 else "Done"}
    if answer is not None:
        success["content"] = {"application/json": {"schema": answer}}
    responses: dict[str, Any] = {str(entry.operation.status): success}
    for code in entry.operation.problems:
        told = responses.setdefault(
            str(CATALOGUE[code].status),
            {
                "description": "",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        )
        told["description"] = f"{told['description']} {code}".strip()
    described: dict[str, Any] = {"summary": entry.summary, "responses": responses}
    if body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": body}},
        }
    if names := _PARAMETER.findall(entry.path):
        described["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
    return described


async def openapi_document(request: Request) -> Response:
    """GET /openapi.json."""
    document = msgspec.json.encode(openapi(request.app.routes))
    return Response(document, media_type="application/json", headers={"Cache-Control": "no-cache"})


async def docs_page(request: Request) -> Response:
    """GET /docs: the interface and the problem catalogue on one page without script."""
    operations = "".join(
        f"<tr><td><code>{e.method}</code></td><td><code>{html.escape(e.path)}</code></td>"
        f"<td>{html.escape(e.summary)}</td></tr>"
        for e in entries(request.app.routes)
    )
    problems = "".join(
        f'<tr id="problem-{code}"><td><code>{code}</code></td><td>{entry.status}</td>'
        f'<td lang="vi">{html.escape(entry.vi)}</td><td>{html.escape(entry.en)}</td></tr>'
        for code, entry in sorted(CATALOGUE.items())
    )
    return HTMLResponse(
        _PAGE.replace("{operations}", operations).replace("{problems}", problems),
        headers={"Cache-Control": "no-cache"},
    )


async def docs_style(request: Request) -> Response:
    """GET /docs.css: the page's few rules; the policy allows none inside the page."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})


_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1f3a; margin: 2rem auto; max-width: 70rem;
       padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
         border-bottom: 1px solid #c9cde0 }
a { color: #2a3a8f }
:target { background: #fff3d6 }
"""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hoso: HTTP interface</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs.css"></head>
<body><main><h1>Hoso: HTTP interface</h1>
<p>Machine-readable: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
<h2 id="operations">Operations</h2>
<table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead>
<tbody>{operations}</tbody></table>
<h2 id="problems">Problems</h2>
<p>Every error is an RFC 9457 problem. <code>code</code> names it; <code>vi</code> and
<code>en</code> say what to do next.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Tiếng Việt</th><th>English</th></tr></thead>
<tbody>{problems}</tbody></table></main></body></html>
"""
