"""`/openapi.json` and `/docs`: the interface and the problem catalogue for programs and people."""

from __future__ import annotations

import html

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from .errors import CATALOGUE
from .interface import entries, openapi


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


routes: list[BaseRoute] = [
    Route("/openapi.json", openapi_document, methods=["GET"]),
    Route("/docs", docs_page, methods=["GET"]),
    Route("/docs.css", docs_style, methods=["GET"]),
]
