"""What every sender of codes keeps to, and the two there are."""

import io

import pytest

from server.identity.senders import (
    CodeMessage,
    ConsoleSender,
    NoSender,
    Sender,
    SendFailed,
    sender_for,
)
from server.settings import read

MESSAGE = CodeMessage("lo-thi-mau", "Lò Thị Mẫu", None, "012345", 10)


class MemorySender:
    """The twin: keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[CodeMessage] = []

    async def send(self, message: CodeMessage) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("sender", [ConsoleSender(io.StringIO()), NoSender(), MemorySender()])
async def test_sender_takes_a_message_or_says_why_not(sender: Sender) -> None:
    try:
        await sender.send(MESSAGE)
        reason = "it was taken"
    except SendFailed as failure:
        reason = str(failure)
    assert reason
    assert MESSAGE.code not in reason


async def test_console_shows_account_and_code() -> None:
    stream = io.StringIO()
    await ConsoleSender(stream).send(MESSAGE)
    assert "lo-thi-mau" in stream.getvalue()
    assert "012345" in stream.getvalue()


async def test_no_sender_refuses() -> None:
    with pytest.raises(SendFailed):
        await NoSender().send(MESSAGE)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_fit_one_short_message_with_the_code(language: str) -> None:
    text = MESSAGE.text(language)
    assert "012345" in text
    assert "10" in text
    # Vietnamese letters make an SMS hold 70 characters; two of them are the most we pay for.
    assert len(text) <= 134


def test_configuration_names_the_sender() -> None:
    assert isinstance(sender_for(read({"HOSO_SENDER": "none"})), NoSender)
    assert isinstance(sender_for(read({})), ConsoleSender)
