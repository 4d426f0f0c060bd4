"""(c) What one dossier without photos costs on the wire: the envelope and the whole exchange.

The form is filled in the app and sent to a real server; the browser tells the sizes. Beside it
stand the same payload as plain JSON and as a plain multipart form, one field an answer. Then the
signal comes back with nothing to send: what asking for news costs.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Playwright, Request, expect

from tests.journeys.answers import whole_birth
from tests.journeys.phone import Phone
from tests.support.browsers import PHONE, Device
from tests.support.server_process import ServerProcess

LIMIT = 2560
# Of a request and of an answer that bring nothing new, beyond the headers.
IDLE = 400
# Milliseconds after which the app has asked for all it wants.
QUIET = 5_000
# What the app asks a server for; all else it has.
ASKED = ("/sync", "/catalogue", "/forms/", "/resources/", "/uploads")
BOUNDARY = "----WebKitFormBoundary0123456789abcdef"
# Keeps what the device signs: the payload follows the prefix of docs/contracts.md §3.
LISTEN = """() => {
  const sign = crypto.subtle.sign.bind(crypto.subtle);
  window.signedTexts = [];
  crypto.subtle.sign = (algorithm, key, data) => {
    window.signedTexts.push(new TextDecoder().decode(data));
    return sign(algorithm, key, data);
  };
}"""
PHOTO_QUESTIONS = ("Chụp Giấy chứng nhận kết hôn của cha mẹ", "Chụp mặt trước thẻ căn cước của bạn")


@dataclass(frozen=True)
class Parcel:
    """Bytes of one dossier. `answers` counts the values in it."""

    answers: int
    payload: int
    sealed: int
    sent: int
    came_back: int
    multipart: int
    idle_requests: int
    idle_sent: int
    idle_back: int

    @property
    def exchange(self) -> int:
        """Both ways, headers too."""
        return self.sent + self.came_back


def measure(playwright: Playwright, server: ServerProcess, folder: Path) -> Parcel:
    """Fill birth registration whole but without photos of papers, send it, read the sizes."""
    device = Device(playwright, folder / "phone-parcel", "phone-parcel", PHONE)
    phone = Phone(device, server.origin)
    phone.page.add_init_script(f"({LISTEN})()")
    syncs: list[Request] = []
    phone.page.on("request", lambda one: syncs.append(one) if one.url.endswith("/sync") else None)
    phone.first_visit()
    phone.begin("Giàng A Thử", phone="0912345678")
    nothing = folder / "unused"
    answers = whole_birth(nothing, nothing, nothing)
    for question in (*PHOTO_QUESTIONS, "Chụp Giấy chứng sinh"):
        answers.pop(question)
    answers["Trẻ có Giấy chứng sinh không?"] = "Nơi sinh đã gửi bản điện tử"
    phone.fill(answers)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    signed: list[str] = phone.page.evaluate("() => window.signedTexts")
    # Only the request that carries the dossier; others ask for news.
    bodies = [(one, json.loads(one.post_data or "{}")) for one in syncs]
    request, body = next(pair for pair in bodies if pair[1]["envelopes"])
    sizes = request.sizes()
    idle = _idle(phone)
    news = next(one for one in idle if one.url.endswith("/sync")).sizes()
    device.close()
    payload = next(text for text in signed if text.startswith("hoso/mutation/v1\0"))
    payload = payload.partition("\0")[2]
    leaves = _leaves(json.loads(payload)["answers"])
    return Parcel(
        answers=len(leaves),
        payload=len(payload.encode()),
        sealed=len(body["envelopes"][0]["sealed"]),
        sent=sizes["requestBodySize"] + sizes["requestHeadersSize"],
        came_back=sizes["responseBodySize"] + sizes["responseHeadersSize"],
        multipart=len(_multipart(leaves)) + sizes["requestHeadersSize"],
        idle_requests=len(idle),
        idle_sent=news["requestBodySize"],
        idle_back=news["responseBodySize"],
    )


def idle_table(found: Parcel) -> str:
    """What asking for news costs when there are none, as Markdown."""
    rows = [
        ("requests", found.idle_requests, 1),
        ("request without headers", found.idle_sent, IDLE),
        ("answer without headers", found.idle_back, IDLE),
    ]
    lines = [f"| {name} | {size} | {limit} | {size / limit:.2f} |" for name, size, limit in rows]
    head = "**The signal comes back, nothing to send and nothing new (bytes)**"
    return "\n".join([head, "", "| | | limit | to the limit |", "|---|---:|---:|---:|", *lines])


def _idle(phone: Phone) -> list[Request]:
    """What an open app that has all there is asks for when the network comes back."""
    phone.visit()
    phone.page.wait_for_timeout(QUIET)
    asked: list[Request] = []
    phone.page.on("request", lambda one: asked.append(one))
    phone.page.evaluate("() => void dispatchEvent(new Event('online'))")
    phone.page.wait_for_timeout(QUIET)
    return [one for one in asked if urlsplit(one.url).path.startswith(ASKED)]


def _leaves(answers: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(answers, dict):
        parts = [(f"{path}/{name}" if path else name, value) for name, value in answers.items()]
    elif isinstance(answers, list):
        parts = [(f"{path}[{at}]", value) for at, value in enumerate(answers, 1)]
    else:
        return [(path, str(answers))]
    return [leaf for name, value in parts for leaf in _leaves(value, name)]


def _multipart(leaves: list[tuple[str, str]]) -> bytes:
    fields = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in leaves
    )
    return ("".join(fields) + f"--{BOUNDARY}--\r\n").encode()
