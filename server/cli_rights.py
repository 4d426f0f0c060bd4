"""The `export person` and `erase` commands: a person's rights over what is kept about them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import msgspec

from .attachments.store import PageStore, open_store
from .clock import SystemClock
from .dossiers.models import Dossier
from .dossiers.numbering import read_code
from .errors import Problem
from .events import SYSTEM
from .rights import export
from .settings import Settings
from .sync.erasure import erase

Open = Callable[[Settings], AbstractAsyncContextManager[None]]


def add_rights_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], database: Open
) -> None:
    """Add the commands; `database` opens it for one command."""
    group = commands.add_parser("export", help="data to hand out")
    actions = group.add_subparsers(required=True, metavar="WHAT")
    person = actions.add_parser("person", help="everything kept about one person, as JSON")
    person.add_argument("id_number", help="the applicant's identity number")
    person.add_argument("--to", type=Path, help="a new file; left out: the terminal")

    async def run(given: argparse.Namespace, settings: Settings) -> None:
        async with database(settings):
            await run_person(given.id_number, given.to)

    person.set_defaults(command=run)

    erase_one = commands.add_parser("erase", help="erase a refused or stopped dossier's content")
    erase_one.add_argument("code", help="as in HS-7K2M-9QXA")

    async def run_erasure(given: argparse.Namespace, settings: Settings) -> None:
        async with database(settings):
            await run_erase(given.code, open_store(settings.blob_url))

    erase_one.set_defaults(command=run_erasure)


async def run_person(id_number: str, target: Path | None) -> None:
    """`export person`. Raises `nothing-kept`."""
    found = await export.dossiers_of(id_number, None)
    if not found:
        raise Problem("nothing-kept")
    document = await export.copy_of(found, SYSTEM, SystemClock().now())
    content = msgspec.json.format(msgspec.json.encode(document), indent=2)
    if target is None:
        sys.stdout.write(content.decode() + "\n")
        return
    with target.open("xb") as file:
        file.write(content)
    print(f"Wrote {len(found)} dossiers to {target}.")


async def run_erase(code: str, store: PageStore) -> None:
    """`erase`. Raises `dossier-unknown`, `erasure-refused`."""
    found = await Dossier.filter(code=read_code(code) or "-")
    if not found:
        raise Problem("dossier-unknown")
    for dossier in found:
        await erase(store, dossier, SYSTEM, SystemClock().now())
        print(f"Erased the content of {dossier.code}; its place in the register stays.")
