"""Binary as text."""

import pytest

from server import base64url


@pytest.mark.parametrize("length", range(6))
def test_bytes_come_back_and_text_is_unpadded(length: int) -> None:
    data = bytes(range(250, 250 + length))
    text = base64url.encode(data)
    assert "=" not in text
    assert base64url.decode(text) == data


@pytest.mark.parametrize("text", ["A", "+/+/", "ấ", "AA AA", "AAAA\n", "A=A="])
def test_anything_else_is_no_base64url(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        base64url.decode(text)
