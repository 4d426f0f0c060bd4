"""Senders that reach people outside: an SMS gateway by HTTP, and e-mail by SMTP.

Both are named by the configuration, so their addresses are the operator's own choice; redirects are
not followed and proxies of the environment not used, so nothing but that address is ever called.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiohttp

from ..settings import Settings
from .senders import CodeMessage, ConsoleSender, NoSender, Sender, SendFailed

TIME_LIMIT = 10.0


class SmsSender:
    """Posts `{"to": number, "text": words}` as JSON to a gateway, with a bearer token if given."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def send(self, message: CodeMessage) -> None:
        """One attempt. Raises `SendFailed` without a number, and when the gateway will not."""
        if not message.phone:
            raise SendFailed("there is no phone number")
        body = {"to": message.phone, "text": message.text()}
        limit = aiohttp.ClientTimeout(total=TIME_LIMIT)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit, trust_env=False) as session,
                session.post(
                    self.url, json=body, headers=self._headers, allow_redirects=False
                ) as answer,
            ):
                if not 200 <= answer.status < 300:
                    raise SendFailed(f"the gateway answered {answer.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            raise SendFailed(f"the gateway was not reached: {type(failure).__name__}") from None


class SmtpSender:
    """Hands a plain text message to a mail server.

    `url`: `smtps://user@host:465`, or `smtp://user@host:587`, where encryption is asked for before
    anything is said; a mail server on this machine itself may be plain.
    """

    def __init__(self, url: str, sender: str, password: str = "") -> None:
        parts = urlsplit(url)
        self.host, self.is_wrapped = parts.hostname or "", parts.scheme == "smtps"
        self.port = parts.port or (465 if self.is_wrapped else 587)
        self.sender, self.user, self._password = sender, unquote(parts.username or ""), password

    async def send(self, message: CodeMessage) -> None:
        """One attempt. Raises `SendFailed` without an address, and when the server will not."""
        if not message.email:
            raise SendFailed("there is no e-mail address")
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, message.email
        mail["Subject"] = message.subject()
        mail.set_content(f"{message.text()}\n\n{message.text('en')}\n")
        try:
            await asyncio.to_thread(self._deliver, mail)
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            raise SendFailed(f"the mail server refused: {type(failure).__name__}") from None

    def _deliver(self, mail: EmailMessage) -> None:
        trusted = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(self.host, self.port, timeout=TIME_LIMIT, context=trusted)
            if self.is_wrapped
            else smtplib.SMTP(self.host, self.port, timeout=TIME_LIMIT)
        )
        with server:
            if not self.is_wrapped and self.host not in ("localhost", "127.0.0.1", "::1"):
                server.starttls(context=trusted)
            if self.user:
                server.login(self.user, self._password)
            server.send_message(mail)


def sender_for(settings: Settings) -> Sender:
    """The sender that the configuration names."""
    if settings.sender == "sms":
        return SmsSender(settings.sms_url, settings.sms_token)
    if settings.sender == "smtp":
        return SmtpSender(settings.smtp_url, settings.smtp_from, settings.smtp_password)
    return ConsoleSender() if settings.sender == "console" else NoSender()
