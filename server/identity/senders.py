"""How a one-time code reaches its person.

`Sender` is the interface: `send` returns when the carrier has taken the message and raises
`SendFailed` when it will not; a code is valid all the same, for the person may ask again. The
console sender prints to the terminal the server runs in, for a demonstration and for development;
those that reach people outside are in `carriers`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

from starlette.requests import HTTPConnection


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
    purpose: Literal["sign-in", "claim"] = "sign-in"
    email: str | None = None

    def text(self, language: str = "vi") -> str:
        """The words of the message, short enough for two SMS."""
        if language == "en":
            what = "sign-in code" if self.purpose == "sign-in" else "code to open your dossier"
            return f"Hoso: {what} {self.code}, good for {self.minutes} minutes. Tell nobody."
        what = "mã đăng nhập" if self.purpose == "sign-in" else "mã xem hồ sơ trên máy khác"
        told = f"Hoso: {what} {self.code}, dùng trong {self.minutes} phút."
        return f"{told} Không đọc cho ai khác."

    def subject(self) -> str:
        """The subject of an e-mail; holds no code, since screens show subjects while locked."""
        return "Hoso: mã một lần / one-time code"


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


def sender_of(request: HTTPConnection) -> Sender:
    """The sender of the application that handles `request`."""
    sender: Sender = request.state.sender
    return sender
