"""Uploaded forms compiled in a process of their own, with limits on time and memory.

A file from outside may hold something that takes for ever; here it takes its process with it, and
the server keeps answering. Run as a program, this module compiles what comes on standard input.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..errors import Problem
from . import translations
from .compiler import Compiled
from .definition import decode, digest_of
from .findings import Finding, Findings, FormFault
from .sources import compile_source

# Where the package lies, from whatever folder the server was started.
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
MAX_MEMORY = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be compiled: the file's bytes and name, the files it may name, lists kept."""

    content: bytes
    name: str
    attachments: dict[str, bytes]
    kept: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the bytes of the definition with its files, or nothing; and the remarks."""

    content: bytes | None
    findings: list[Finding]
    resources: dict[str, tuple[str, bytes]]
    media: dict[str, tuple[str, bytes]]


async def compile_apart(
    content: bytes,
    name: str,
    attachments: Mapping[str, bytes],
    kept: Mapping[str, bytes] | None = None,
    *,
    seconds: float = SECONDS,
) -> Compiled:
    """Compile a form as `compile_source` does, in another process. Raises FormFault."""
    source = msgspec.msgpack.encode(Source(content, name, dict(attachments), dict(kept or {})))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.forms.conversion",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        written, _ = await asyncio.wait_for(process.communicate(source), seconds)
    except TimeoutError:
        raise _refused("form-too-large", name, f"it takes more than {seconds:g} s") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise _refused("form-unreadable", name, "it takes more memory than a form may")
    return await asyncio.to_thread(_taken_in, written)


class Conversions:
    """One conversion at a time, a few in line: each may take much memory and a whole core."""

    def __init__(self, most: int = 4) -> None:
        self._turn = asyncio.Semaphore(1)
        self._most = most
        self._under_way = 0

    async def compile(
        self,
        content: bytes,
        name: str,
        attachments: Mapping[str, bytes],
        kept: Mapping[str, bytes] | None = None,
    ) -> Compiled:
        """Compile a form in its turn. Raises FormFault; `server-busy` when the line is long."""
        if self._under_way >= self._most:
            raise Problem("server-busy", headers={"Retry-After": f"{SECONDS:g}"})
        self._under_way += 1
        try:
            async with self._turn:
                return await compile_apart(content, name, attachments, kept)
        finally:
            self._under_way -= 1


def _taken_in(written: bytes) -> Compiled:
    """Read what the other process answered. Raises FormFault."""
    outcome = msgspec.msgpack.decode(written, type=Outcome)
    if outcome.content is None:
        raise FormFault(outcome.findings)
    definition = decode(outcome.content)
    served, spoken = translations.split(definition)
    return Compiled(
        definition,
        served,
        digest_of(served),
        outcome.resources,
        outcome.findings,
        outcome.media,
        spoken,
    )


def _refused(code: str, name: str, detail: str) -> FormFault:
    findings = Findings()
    findings.error(code, name, detail=detail)
    return FormFault(findings.found)


def main() -> None:
    """Compile what comes on standard input, and answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    source = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Source)
    try:
        made = compile_source(source.content, source.name, source.attachments, source.kept)
    except FormFault as fault:
        outcome = Outcome(None, fault.findings, {}, {})
    else:
        outcome = Outcome(made.whole, made.warnings, made.resources, made.media)
    sys.stdout.buffer.write(msgspec.msgpack.encode(outcome))


if __name__ == "__main__":
    main()
