"""The `audit` commands: whether the event log is whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from .cli_data import Examined
from .events import ChainHead, Event, verify
from .settings import Settings

Open = Callable[[Settings], AbstractAsyncContextManager[None]]


def add_audit_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], database: Open
) -> None:
    """Add the commands; `database` opens it for one command."""
    group = commands.add_parser("audit", help="the event log")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("verify", help="find any edit, deletion or reordering")
    check.add_argument(
        "--since",
        metavar="NUMBER:HASH",
        help="what an earlier run printed: shows that the log was not written anew since",
    )

    async def run(given: argparse.Namespace, settings: Settings) -> None:
        async with database(settings):
            await run_verify(given.since)

    check.set_defaults(command=run)


async def run_verify(since: str | None) -> None:
    """`audit verify`. Raises `Examined` when something does not fit."""
    wrong = await verify()
    if wrong is not None:
        print(f"Event {wrong} does not fit: the log was changed there or before.", file=sys.stderr)
        raise Examined
    if since and not await _still_has(since):
        print(f"The log no longer holds {since}: it was written anew.", file=sys.stderr)
        raise Examined
    head = await ChainHead.get_or_none(id=1)
    if head is None or not head.seq:
        print("The log is empty.")
        return
    print(f"The log of {head.seq} events is whole.")
    print(f"Keep this away from the server, for --since next time: {head.seq}:{head.hash}")


async def _still_has(since: str) -> bool:
    number, _, digest = since.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return False
    event = await Event.get_or_none(seq=int(number))
    return event is not None and event.hash == digest
