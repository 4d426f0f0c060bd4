"""Reading rescue files: what both sides agree on, and what no file may do."""

import io
import json
from pathlib import Path

import pytest

from server import base64url
from server.errors import Problem
from server.sync.rescue import Part, parts_of

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "rescue.json").read_text())
FILE = base64url.decode(VECTOR["file"])


def read(content: bytes) -> tuple[list[Part], str]:
    """The parts before the end or the fault, and the fault's code."""
    found: list[Part] = []
    try:
        found.extend(parts_of(io.BytesIO(content)))
    except Problem as problem:
        return found, problem.code
    return found, ""


def test_the_phones_file_is_read_as_it_was_written() -> None:
    (envelope, *pages), fault = read(FILE)
    assert fault == ""
    assert envelope.header
    assert envelope.header.id == VECTOR["envelope"]["id"]
    assert envelope.content == base64url.decode(VECTOR["envelope"]["sealed"])
    assert [page.content for page in pages] == [base64url.decode(one) for one in VECTOR["pages"]]
    assert [page.digest for page in pages] == [one["digest"] for one in VECTOR["envelope"]["pages"]]


@pytest.mark.parametrize("at", range(8, len(FILE), 7))
def test_a_byte_spoilt_anywhere_is_noticed(at: int) -> None:
    spoilt = FILE[:at] + bytes([FILE[at] ^ 1]) + FILE[at + 1 :]
    assert read(spoilt)[1] == "rescue-damaged"


@pytest.mark.parametrize("length", range(8, len(FILE), 29))
def test_a_file_cut_anywhere_is_noticed(length: int) -> None:
    assert read(FILE[:length])[1] == "rescue-damaged"


def test_a_part_that_claims_gigabytes_is_not_read() -> None:
    assert read(b"HOSORES1P\xff\xff\xff\xff" + b"0" * 32)[1] == "rescue-damaged"
