"""(a) What must come over the air before a form can be filled and sent, part by part.

Every part is fetched from the running server as a browser fetches it; what counts is the compressed
body as it travelled.
"""

import http.client
import json
from dataclasses import dataclass

from server.settings import ROOT
from tests.support.server_process import ServerProcess

LIMIT = 100 * 1024
LATER = ("/sw.js", "/manifest.webmanifest")


@dataclass(frozen=True)
class Part:
    """One thing fetched: its compressed and plain bytes.

    `is_awaited`: the first question cannot be shown before it is here.
    """

    name: str
    compressed: int
    plain: int
    is_awaited: bool = True


def parts(server: ServerProcess, procedure: str) -> list[Part]:
    """Everything for one procedure: page, styles, scripts, worker, catalogue, form and lists."""
    built = json.loads((ROOT / "pwa" / "dist" / "build.json").read_text())["files"]
    found: list[Part] = []
    for file in built:
        path: str = file["path"]
        if not file["eager"]:
            continue
        address = "/" if path == "index.html" else f"/{path}"
        found.append(_fetch(server, address, _told(path)))
    catalogue = json.loads(_get(server, "/catalogue", "")[1])
    found.append(_fetch(server, "/catalogue", "catalogue"))
    chosen = next(one for one in catalogue["procedures"] if one["code"] == procedure)
    found.append(_fetch(server, f"/forms/{chosen['form']}.json", f"form {procedure}"))
    for digest in chosen["resources"]:
        address = f"/resources/{digest}.json"
        size = len(json.loads(_get(server, address, "")[1])["values"][0])
        found.append(_fetch(server, address, f"list of {size}"))
    return _joined(found)


def _joined(parts: list[Part]) -> list[Part]:
    """Parts of one name as one: the build cuts a script in as many files as it likes."""
    names = list(dict.fromkeys(part.name for part in parts))
    groups = [[part for part in parts if part.name == name] for name in names]
    return [
        Part(
            group[0].name,
            sum(part.compressed for part in group),
            sum(part.plain for part in group),
            group[0].is_awaited,
        )
        for group in groups
    ]


def _told(path: str) -> str:
    name = path.rpartition("/")[2]
    if name.endswith(".css"):
        return "styles"
    if name == "sw.js":
        return "service worker"
    return "app, engine and renderer" if name.endswith(".js") else path


def _fetch(server: ServerProcess, address: str, name: str) -> Part:
    packed, plain = (len(_get(server, address, encoding)[1]) for encoding in ("br, gzip", ""))
    return Part(name, packed, plain, not address.startswith(LATER))


def _get(server: ServerProcess, address: str, encoding: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": encoding or "identity"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{address}: {answer.status}"
        return answer.status, body
    finally:
        connection.close()
