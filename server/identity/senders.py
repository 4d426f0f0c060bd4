"""How a one-time code reaches its person.

`Sender` is the interface: `send` returns when the carrier has taken the message and raises
`SendFailed` when it will not; a code is valid all the same, for the person may ask again. The
console sender prints to the terminal the server runs in, for a demonstration and for development.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Protocol, TextIO

from starlette.requests import HTTPConnection

from ..settings import Settings


class SendFailed(Exception):
    """The carrier did not take the message; the text says why, without the code."""


@dataclass(frozen=True, slots=True)
class CodeMessage:
    """What is to be told: to whom, which code, for how many minutes."""

    account: str
    name: str
    phone: str | None
    code: str
    minutes: int

    def text(self, language: str = "vi") -> str:
        """The words of the message, short enough for one SMS."""
        if language == "en":
            return f"Hoso: sign-in code {self.code}, good for {self.minutes} minutes. Tell nobody."
        told = f"Hoso: mã đăng nhập {self.code}, dùng trong {self.minutes} phút."
        return f"{told} Không đọc cho ai khác."


class Sender(Protocol):
    """Carries one code to one person."""

    async def send(self, message: CodeMessage) -> None:
        """Hand the message over. Raises `SendFailed`."""
        ...


class ConsoleSender:
    """Writes codes to a stream, the terminal's error stream by default."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream

    async def send(self, message: CodeMessage) -> None:
        """Write one line."""
        stream = self.stream or sys.stderr
        stream.write(f"[{message.account}] {message.text()}\n")
        stream.flush()


class NoSender:
    """Sends nothing: codes are told in person, from the command line (`people code`)."""

    async def send(self, message: CodeMessage) -> None:
        """Refuse, so that the log tells why nobody got a code."""
        raise SendFailed("no sender is configured (HOSO_SENDER=none)")


def sender_for(settings: Settings) -> Sender:
    """The sender that the configuration names."""
    return ConsoleSender() if settings.sender == "console" else NoSender()


def sender_of(request: HTTPConnection) -> Sender:
    """The sender of the application that handles `request`."""
    sender: Sender = request.state.sender
    return sender
