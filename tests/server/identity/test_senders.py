"""What every sender of codes keeps to, and what each does besides."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from email import message_from_string, policy

import pytest
from aiohttp import web

from server.identity.carriers import SmsSender, SmtpSender, sender_for
from server.identity.senders import CodeMessage, ConsoleSender, NoSender, Sender, SendFailed
from server.settings import SettingsError, read

MESSAGE = CodeMessage(
    "lo-thi-mau", "Lò Thị Mẫu", "0912345678", "012345", 10, email="mau@example.vn"
)


class MemorySender:
    """The twin: keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[CodeMessage] = []

    async def send(self, message: CodeMessage) -> None:
        self.sent.append(message)


class Gateway:
    """An SMS gateway on the loopback; `status` is what it answers."""

    def __init__(self) -> None:
        self.status, self.url = 202, ""
        self.taken: list[tuple[str, dict[str, str]]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.taken.append((request.headers.get("Authorization", ""), await request.json()))
        headers = {"Location": "/elsewhere"} if self.status == 302 else {}
        return web.Response(status=self.status, headers=headers)


class MailServer:
    """The least of an SMTP server (RFC 5321); `refusal` answers the recipient."""

    def __init__(self) -> None:
        self.refusal, self.port = "", 0
        self.mails: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            word = line.split()[0].upper()
            if word == "DATA":
                writer.write(b"354 go on\r\n")
                lines = []
                while (text := (await reader.readline()).decode()) != ".\r\n":
                    lines.append(text)
                self.mails.append("".join(lines))
            if word == "RCPT" and self.refusal:
                writer.write(self.refusal.encode() + b"\r\n")
                continue
            writer.write(b"221 bye\r\n" if word == "QUIT" else b"250 good\r\n")
            if word == "QUIT":
                break
        writer.close()
        # A client that is gone already needs no goodbye.
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    place, app = Gateway(), web.Application()
    app.router.add_post("/", place.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield place
    await runner.cleanup()


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    place = MailServer()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    place.port = server.sockets[0].getsockname()[1]
    async with server:
        yield place


@pytest.fixture
def senders(gateway: Gateway, mail_server: MailServer) -> dict[str, Sender]:
    return {
        "console": ConsoleSender(io.StringIO()),
        "none": NoSender(),
        "memory": MemorySender(),
        "sms": SmsSender(gateway.url, "chia-khoa"),
        "smtp": SmtpSender(f"smtp://127.0.0.1:{mail_server.port}", "hoso@example.vn"),
    }


NAMES = ["console", "none", "memory", "sms", "smtp"]


@pytest.mark.parametrize("name", NAMES)
async def test_sender_takes_a_message_or_says_why_not(
    senders: dict[str, Sender], name: str
) -> None:
    try:
        await senders[name].send(MESSAGE)
        reason = "it was taken"
    except SendFailed as failure:
        reason = str(failure)
    assert (reason == "it was taken") == (name != "none")
    assert MESSAGE.code not in reason


@pytest.mark.parametrize("name", NAMES)
async def test_sender_without_an_address_refuses_or_needs_none(
    senders: dict[str, Sender], name: str
) -> None:
    needs = name in ("sms", "smtp", "none")
    with pytest.raises(SendFailed) if needs else contextlib.nullcontext():
        await senders[name].send(replace(MESSAGE, phone=None, email=None))


@pytest.mark.parametrize("name", ["sms", "smtp"])
async def test_carrier_that_is_not_there_or_refuses_is_a_failure_without_the_code(
    gateway: Gateway, mail_server: MailServer, senders: dict[str, Sender], name: str
) -> None:
    gateway.status, mail_server.refusal = 503, "550 nobody here"
    gone: dict[str, Callable[[], Sender]] = {
        "sms": lambda: SmsSender("http://127.0.0.1:9/"),
        "smtp": lambda: SmtpSender("smtp://127.0.0.1:9", "hoso@example.vn"),
    }
    for sender in (senders[name], gone[name]()):
        with pytest.raises(SendFailed) as failure:
            await sender.send(MESSAGE)
        assert MESSAGE.code not in str(failure.value)


async def test_gateway_gets_number_words_and_token(
    gateway: Gateway, senders: dict[str, Sender]
) -> None:
    await senders["sms"].send(MESSAGE)
    assert gateway.taken == [("Bearer chia-khoa", {"to": "0912345678", "text": MESSAGE.text()})]


async def test_gateway_that_redirects_is_not_followed(
    gateway: Gateway, senders: dict[str, Sender]
) -> None:
    gateway.status = 302
    with pytest.raises(SendFailed):
        await senders["sms"].send(MESSAGE)
    assert len(gateway.taken) == 1


async def test_mail_holds_both_languages_and_no_code_in_its_subject(
    mail_server: MailServer, senders: dict[str, Sender]
) -> None:
    await senders["smtp"].send(MESSAGE)
    mail = message_from_string(mail_server.mails[0], policy=policy.default)
    assert (mail["To"], mail["From"]) == ("mau@example.vn", "hoso@example.vn")
    assert MESSAGE.code not in mail["Subject"]
    body = mail.get_content()
    assert MESSAGE.text() in body
    assert MESSAGE.text("en") in body


async def test_console_shows_account_and_code() -> None:
    stream = io.StringIO()
    await ConsoleSender(stream).send(MESSAGE)
    assert "lo-thi-mau" in stream.getvalue()
    assert "012345" in stream.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("purpose", ["sign-in", "claim"])
def test_words_fit_two_short_messages_with_the_code(language: str, purpose: str) -> None:
    text = replace(MESSAGE, purpose=purpose).text(language)
    assert "012345" in text
    assert "10" in text
    # Vietnamese letters make an SMS hold 70 characters; two of them are the most we pay for.
    assert len(text) <= 134


def test_codes_go_to_the_terminal_by_default_on_ones_own_machine_alone() -> None:
    assert read({"HOSO_DATA": "/nowhere"}).sender == "console"
    assert read({"HOSO_ORIGIN": "https://hoso.example"}).sender == "none"
    asked = {"HOSO_ORIGIN": "https://hoso.example", "HOSO_SENDER": "console"}
    assert read(asked).sender == "console"


def test_configuration_names_the_sender() -> None:
    assert isinstance(sender_for(read({"HOSO_SENDER": "none"})), NoSender)
    assert isinstance(sender_for(read({})), ConsoleSender)
    sms = read({"HOSO_SENDER": "sms", "HOSO_SMS_URL": "https://sms.example.vn/send"})
    assert isinstance(sender_for(sms), SmsSender)
    smtp = read({"HOSO_SENDER": "smtp", "HOSO_SMTP_URL": "smtps://a@mail.example.vn"})
    assert isinstance(sender_for(smtp), SmtpSender)


@pytest.mark.parametrize(
    "environment",
    [
        {"HOSO_SENDER": "sms"},
        {"HOSO_SENDER": "smtp"},
        {"HOSO_SENDER": "sms", "HOSO_SMS_URL": "http://sms.example.vn/"},
        {"HOSO_SENDER": "sms", "HOSO_SMS_URL": "ftp://sms.example.vn/"},
        {"HOSO_SMS_TOKEN_FILE": "/nowhere/token"},
    ],
)
def test_configuration_that_cannot_send_stops_the_start(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="HOSO_SM"):
        read(environment)
