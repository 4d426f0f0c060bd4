"""The built phone app served from memory: precompressed, cached for ever when its name says so.

The build writes every text file with its `.br` and `.gz`; they are read once at start. Names below
`assets/` and `desk/` carry a digest of the content, so they never change; all else is asked for
again each time.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .errors import Problem
from .headers import STRETCHER_POLICY, WORKER_POLICY
from .hints import Hint
from .trial_page import Files, TrialPage

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
# The page that shows one form to try; not served by its name, for it needs a policy of its own.
TRIAL = "trial.html"
# Addresses of the app's screens. Each answers with the one page; the app reads the address.
SCREENS = (
    "/",
    "/procedures",
    "/procedures/{rest:path}",
    "/drafts/{rest:path}",
    "/dossiers",
    "/dossiers/{rest:path}",
    "/inbox",
    "/send",
    "/send/{rest:path}",
    "/sent/{rest:path}",
    "/sign-in",
    "/settings",
    "/rescue",
    "/relay",
    "/storage",
    "/lock",
    "/claim",
    "/hand-over/{rest:path}",
    "/enrol/{rest:path}",
)
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file: its type, entity tag and the bytes by content encoding (`""` is the plain one).

    `policy` is what a worker made of it may do; empty for what is no script.
    """

    media_type: str
    etag: str
    bodies: Mapping[str, bytes]
    policy: str = ""


def read_client(folder: Path) -> dict[str, File]:
    """All files of a build by their path, as in `assets/main-1A2B.js`. Empty without a build."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".br", ".gz")
    }
    files: dict[str, File] = {}
    for name, path in found.items():
        plain = path.read_bytes()
        bodies = {"": plain}
        for encoding, suffix in ENCODINGS:
            packed = path.with_name(path.name + suffix)
            if packed.is_file():
                bodies[encoding] = packed.read_bytes()
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0]
        etag = hashlib.sha256(plain).hexdigest()[:16]
        files[name] = File(kind or "application/octet-stream", etag, bodies, policy_of(name))
    return files


def policy_of(name: str) -> str:
    """The content policy of a script of the build, empty for other files."""
    if not name.endswith(".js"):
        return ""
    return STRETCHER_POLICY if name.startswith("assets/stretcher-") else WORKER_POLICY


def serve(request: Request, file: File, is_immutable: bool) -> Response:
    """One file in the best encoding the browser takes, or 304 when it holds it already."""
    accepted = {
        part.partition(";")[0].strip()
        for part in request.headers.get("accept-encoding", "").split(",")
    }
    encoding = next((e for e, _ in ENCODINGS if e in accepted and e in file.bodies), "")
    etag = f'"{file.etag}{"-" + encoding if encoding else ""}"'
    headers = {
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable" if is_immutable else "no-cache",
    }
    if file.policy:
        headers["Content-Security-Policy"] = file.policy
    if encoding:
        headers["Content-Encoding"] = encoding
    if etag in request.headers.get("if-none-match", ""):
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    return Response(file.bodies[encoding], headers=headers, media_type=file.media_type)


def links(data: Iterable[str], files: Iterable[str]) -> str:
    """The `Link` header of a screen: what draws it, then its data (RFC 8288).

    What is named first goes over the connection that is open already, so that is what is largest;
    the script runs once the styles are there, while the data still comes.
    """
    wanted = [
        ("assets/main-", ".js", "modulepreload"),
        ("assets/app-", ".css", "preload; as=style"),
    ]
    return ", ".join(
        [
            *(
                f"</{name}>; rel={how}"
                for start, end, how in wanted
                for name in files
                if name.startswith(start) and name.endswith(end)
            ),
            *(f"<{address}>; rel=preload; as=fetch; crossorigin" for address in data),
        ]
    )


def routes(
    folder: Path, hint: Hint | None = None, published: Files | None = None
) -> list[BaseRoute]:
    """Routes of the app in `folder`: its screens, and every file by its name. Last in the table.

    `hint` tells which data a screen will ask for, `published` what a form to try consists of; the
    page asks for it itself where that is not known.
    """
    files = read_client(folder)
    built = files.pop(TRIAL, None)
    trial = TrialPage(built.bodies[""], published) if built else None

    async def screen(request: Request) -> Response:
        if "index.html" not in files:
            raise Problem("client-missing")
        answer = serve(request, files["index.html"], is_immutable=False)
        if hint and request.headers.get("sec-fetch-mode") == "navigate":
            link = links(await hint(request), files)
            if link:
                answer.headers["Link"] = link
        return answer

    async def preview(request: Request) -> Response:
        if trial is None:
            return await screen(request)
        return await trial.answer(request, request.path_params["digest"])

    async def file(request: Request) -> Response:
        name = request.path_params["path"]
        if name not in files:
            raise Problem("not-found")
        return serve(request, files[name], name.startswith(("assets/", "desk/")))

    return [
        *(Route(path, screen, methods=["GET"]) for path in SCREENS),
        Route("/preview/{digest:path}", preview, methods=["GET"]),
        Route("/{path:path}", file, methods=["GET"]),
    ]
