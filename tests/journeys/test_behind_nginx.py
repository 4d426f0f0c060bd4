"""The nginx example in front of the real server: signing in, sending, a page that resumes."""

import asyncio
import base64
import re
import secrets
import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from server.database import close_database, open_database
from server.identity.models import Appointment
from server.keyring import open_keyring
from tests.support.application import test_settings
from tests.support.mutations import PICTURE, Photo, envelope, publish, submission
from tests.support.nginx import Nginx, running_nginx
from tests.support.people import make_communes, make_person
from tests.support.phones import Phone
from tests.support.server_process import ServerProcess, free_port

# Another address of this machine, so that what the server takes for the caller's can be told.
ELSEWHERE = "127.0.0.2"
TOKEN = "duong-dan-bi-mat-duong-dan-bi-mat"


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ServerProcess]:
    settings = test_settings(tmp_path / "data", f"sqlite://{tmp_path}/data/hoso.db")

    async def prepare() -> None:
        try:
            await open_database(settings)
            await make_communes()
            await publish()
            await make_person("mot-cua")
            assert await Appointment.exists()
        finally:
            await close_database()

    # Browsers of other journeys keep a loop running in this thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, prepare()).result()
    yield (process := ServerProcess(settings.data, free_port()))
    process.stop()


@pytest.fixture
def proxy(process: ServerProcess, tmp_path: Path) -> Iterator[Nginx]:
    with running_nginx(tmp_path / "nginx", process.port) as proxy:
        process.choose(ORIGIN=proxy.origin, SENDER="console")
        process.start()
        yield proxy


def browser(proxy: Nginx) -> httpx2.Client:
    transport = httpx2.HTTPTransport(verify=proxy.trust(), local_address=ELSEWHERE, trust_env=False)
    return httpx2.Client(
        transport=transport, base_url=proxy.origin, headers={"Origin": proxy.origin}
    )


def handshake(
    proxy: Nginx, name: str, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3, *spoken: str
) -> ssl.SSLSocket:
    context = proxy.trust()
    context.check_hostname = False
    context.set_alpn_protocols([*(spoken or ("h2", "http/1.1"))])
    context.maximum_version = most
    plain = socket.create_connection(("127.0.0.1", proxy.https), 10)
    return context.wrap_socket(plain, server_hostname=name)


def test_clerk_signs_in_and_the_cookie_is_bound_to_the_host(
    process: ServerProcess, proxy: Nginx
) -> None:
    with browser(proxy) as clerk:
        assert clerk.post("/identity/codes", json={"account": "mot-cua"}).status_code == 202
        code = process.code_after("mot-cua", 0)
        entered = clerk.post("/identity/logins", json={"account": "mot-cua", "code": code})
        assert entered.status_code == 200
        cookie = entered.headers["set-cookie"]
        assert cookie.startswith("__Host-hoso=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert clerk.get("/identity/me").json()["account"] == "mot-cua"
        listed = clerk.get("/desk/dossiers")
        assert listed.status_code == 200
        assert listed.headers["cache-control"] == "no-store"
        assert "content-encoding" not in listed.headers
        public = clerk.get("/catalogue", headers={"Accept-Encoding": "gzip"})
        assert public.headers["content-encoding"] == "gzip"
        for name in ("strict-transport-security", "x-content-type-options"):
            assert len(listed.headers.get_list(name)) == 1
        stranger = {"Origin": "https://evil.example"}
        assert (
            clerk.delete("/identity/login", headers=stranger).json()["code"] == "origin-forbidden"
        )


def test_dossier_is_sent_and_its_page_resumes_at_the_byte(
    process: ServerProcess, proxy: Nginx
) -> None:
    photo = Photo("/data/giay_to/chung_sinh", PICTURE + secrets.token_bytes(400_000))
    phone, keys = Phone(), open_keyring(process.data / "keys")
    sent = {
        "v": 1,
        "envelopes": [envelope(keys, phone, submission(photo))],
        "device": phone.claim("none"),
    }
    with browser(proxy) as app:
        reply = app.post("/sync", json=sent).json()
        assert [one["verdict"] for one in reply["verdicts"]] == ["applied"]
        assert reply["missing"] == [photo.digest]
        tus = {"Tus-Resumable": "1.0.0"}
        named = base64.b64encode(photo.digest.encode()).decode()
        length = str(len(photo.ciphertext))
        begun = app.post(
            "/uploads",
            headers={**tus, "Upload-Length": length, "Upload-Metadata": f"digest {named}"},
        )
        assert begun.status_code == 201
        place = begun.headers["location"]
        cut = 150_000
        _send_and_hang_up(proxy, place, photo.ciphertext, cut)
        deadline = time.monotonic() + 15
        offset = 0
        # What had come went through at once: nginx does not wait for the whole body.
        while offset < cut and time.monotonic() < deadline:
            offset = int(app.head(place, headers=tus).headers["upload-offset"])
            time.sleep(0.05)
        assert offset == cut
        piece = {
            **tus,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        done = app.patch(place, headers=piece, content=photo.ciphertext[offset:])
        assert (done.status_code, done.headers["upload-offset"]) == (204, length)
        sent["envelopes"] = []
        again = app.post("/sync", json={**sent, "envelopes": []}).json()
        assert again["missing"] == []


def _send_and_hang_up(proxy: Nginx, place: str, content: bytes, cut: int) -> None:
    with handshake(proxy, "localhost", ssl.TLSVersion.TLSv1_3, "http/1.1") as wire:
        head = (
            f"PATCH {place} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n"
            f"Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        wire.sendall(head.encode() + content[:cut])
        time.sleep(0.5)


def test_what_a_stranger_claims_about_addresses_is_not_believed(
    process: ServerProcess, proxy: Nginx
) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "::1"}
    with browser(proxy) as stranger:
        wrong = {"account": "mot-cua", "code": "000000"}
        assert stranger.post("/identity/logins", json=wrong, headers=forged).status_code == 401
    line = next(line for line in process.printed().splitlines() if "sign-in-refused" in line)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO hoso\.refusals refused ", line)
    assert f"from {ELSEWHERE} by nobody" in line
    assert "203.0.113.9" not in process.printed()


def test_no_log_holds_a_link_a_code_or_a_search(process: ServerProcess, proxy: Nginx) -> None:
    with browser(proxy) as one:
        one.get(f"/enrol/{TOKEN}", headers={"Referer": f"{proxy.origin}/enrol/{TOKEN}"})
        one.post(f"/identity/enrolments/{TOKEN}/options")
        one.post(f"/identity/enrolments/{TOKEN}", content=b"x" * 70_000)
        one.get("/track/HS-7K2M-9QXA")
        one.get("/track", params={"code": "HS-7K2M-9QXA"})
        one.get("/desk/dossiers", params={"q": "Giàng A Thử 015090000001"})
    process.stop()
    with browser(proxy) as one:
        assert one.get(f"/enrol/{TOKEN}").status_code == 502
    written = proxy.logged() + process.printed()
    lines = (proxy.folder / "hoso.log").read_text().splitlines()
    assert len(lines) == 7
    assert re.fullmatch(rf"\S+ {ELSEWHERE} GET /enrol \d{{3}} \d+ [\d.]+", lines[0])
    for secret in (TOKEN, "HS-7K2M", "7K2M", "015090000001", "Gi%C3%A0ng", "Giàng"):
        assert secret not in written


def test_bodies_beyond_the_servers_bounds_end_at_the_proxy(proxy: Nginx) -> None:
    with browser(proxy) as one:
        large = one.post("/identity/logins", content=b"x" * 66_000)
        assert (large.status_code, "nginx" in large.text) == (413, True)
        assert large.headers["strict-transport-security"].startswith("max-age=31536000")
        assert "frame-ancestors 'none'" in large.headers["content-security-policy"]
        assert large.headers["server"] == "nginx"
        taken = one.post("/sync", content=b"x" * 66_000)
        assert taken.json()["code"] == "request-malformed"
        assert one.request("TRACE", "/health").status_code == 405


def test_only_good_tls_for_our_own_name_is_spoken(proxy: Nginx) -> None:
    with handshake(proxy, "localhost", ssl.TLSVersion.TLSv1_2) as older:
        assert older.version() == "TLSv1.2"
        assert re.match("ECDHE-.*(GCM|POLY1305)", (older.cipher() or ("",))[0])
    with handshake(proxy, "localhost") as newest:
        assert (newest.version(), newest.selected_alpn_protocol()) == ("TLSv1.3", "h2")
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        handshake(proxy, "other.example")


def test_without_encryption_pages_lead_to_https_and_programs_are_refused(proxy: Nginx) -> None:
    with httpx2.Client(base_url=f"http://127.0.0.1:{proxy.http}", trust_env=False) as plain:
        ours = {"Host": "localhost"}
        page = plain.get("/", headers=ours)
        assert (page.status_code, page.headers["location"]) == (301, "https://localhost/")
        assert plain.post("/sync", json={}, headers=ours).status_code == 403
        assert plain.get("/identity/me", headers=ours).status_code == 403
        with pytest.raises(httpx2.RemoteProtocolError):
            plain.get("/", headers={"Host": "other.example"})
