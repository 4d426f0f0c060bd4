"""The command line: `python -m server`, or `hoso` when installed. Thin calls on the actions.

Every command reads the same HOSO_* configuration as the server and may run beside it. A problem is
told in one sentence on the error stream; the exit status is 1 then, and 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import uvicorn

from . import VERSION, client
from .cli_audit import add_audit_commands
from .cli_data import Examined, add_data_commands
from .cli_keys import add_keys_commands
from .cli_openid import add_openid_commands
from .cli_rights import add_rights_commands
from .clock import SystemClock
from .database import close_database, open_database, sqlite_file
from .demo import prepare_demonstration
from .dossiers.live import open_filings
from .errors import Problem
from .events import SYSTEM
from .forms.cli import Around, add_forms_commands
from .identity import codes, enrolments, people
from .identity.backend import roles_of
from .identity.models import Commune, Person
from .identity.permissions import ROLES, Role
from .identity.units import find_commune
from .keyring import open_keyring
from .logs import log_configuration
from .settings import Settings, SettingsError, read
from .sync import mergers

Command = Callable[[argparse.Namespace, Settings], Awaitable[None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    given = parser().parse_args(arguments)
    # The database, the pages and the keys are for the server's own account.
    os.umask(0o077)
    try:
        settings = read()
        if given.command is not None:
            asyncio.run(given.command(given, settings))
        if given.is_serving:
            serve(settings, getattr(given, "workers", 1))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except Problem as problem:
        print(problem.sentence("en"), file=sys.stderr)
        return 1
    except Examined:
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="hoso", description="Hoso: dossiers for the one-stop desk.")
    top.set_defaults(command=None, is_serving=False)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    server = commands.add_parser("serve", help="run the server")
    server.add_argument("--workers", type=int, default=1, help="processes (PostgreSQL only)")
    server.set_defaults(is_serving=True)

    demo = commands.add_parser("demo", help="make a demonstration commune and tell how to sign in")
    demo.add_argument("--serve", dest="is_serving", action="store_true", help="then run the server")
    demo.set_defaults(command=run_demo)

    migrate = commands.add_parser("migrate", help="bring the database to the newest schema")
    migrate.set_defaults(command=run_migrate)

    version = commands.add_parser("version", help="tell the version")
    version.set_defaults(command=run_version)

    add_forms_commands(commands, Around(database, open_filings, client.routes))
    _add_people_commands(commands)
    _add_commune_commands(commands)
    add_data_commands(commands)
    add_openid_commands(commands, database)
    add_keys_commands(commands)
    add_audit_commands(commands, database)
    add_rights_commands(commands, database)
    return top


def _add_people_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("people", help="people and how they sign in")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a person, or a role to one who is there")
    add.add_argument("account", help="what they type to sign in, as in lo-thi-mau")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--commune", default="", help="code; left out for the whole server")
    add.add_argument("--phone")
    add.set_defaults(command=run_people_add)
    enrol = actions.add_parser("enrol", help="make a link to add a passkey")
    enrol.add_argument("account")
    enrol.set_defaults(command=run_people_enrol)
    code = actions.add_parser("code", help="make a one-time code to tell in person")
    code.add_argument("account")
    code.set_defaults(command=run_people_code)
    close = actions.add_parser("close", help="close an account; its logins end at once")
    close.add_argument("account")
    close.set_defaults(command=run_people_close)
    actions.add_parser("list", help="list people").set_defaults(command=run_people_list)


def _add_commune_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("communes", help="communes served here")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="serve a commune")
    add.add_argument("code", help="official code, as in 02683")
    add.add_argument("--agency", required=True, help="agency code that opens dossier numbers")
    add.set_defaults(command=run_communes_add)
    merge = actions.add_parser("merge", help="join a commune into another, with all it has")
    merge.add_argument("old", help="code of the commune that ends")
    merge.add_argument("new", help="code of the commune it becomes part of")
    merge.set_defaults(command=run_communes_merge)
    actions.add_parser("list", help="list communes").set_defaults(command=run_communes_list)


def serve(settings: Settings, workers: int = 1) -> None:
    """Run the server until it is told to stop."""
    if workers > 1 and sqlite_file(settings.database_url):
        raise Problem("workers-need-postgresql")
    uvicorn.run(
        "server.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=workers if workers > 1 else None,
        log_level=settings.log_level,
        log_config=log_configuration(settings.log_level),
        # Addresses hold dossier ids and enrolment tokens, which belong in no log.
        access_log=settings.log_level == "debug",
        server_header=False,
        timeout_graceful_shutdown=20,
    )


@contextlib.asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[None]:
    """The migrated database inside the block; closed after, else the process would never end."""
    try:
        await open_database(settings)
        yield
    finally:
        await close_database()


async def run_demo(given: argparse.Namespace, settings: Settings) -> None:
    """`demo`."""
    async with database(settings):
        await prepare_demonstration(settings, SystemClock().now(), print)


async def run_migrate(given: argparse.Namespace, settings: Settings) -> None:
    """`migrate`."""
    async with database(settings):
        print("The database has the newest schema.")


async def run_version(given: argparse.Namespace, settings: Settings) -> None:
    """`version`."""
    print(f"hoso {VERSION}")


async def run_people_add(given: argparse.Namespace, settings: Settings) -> None:
    """`people add`."""
    async with database(settings):
        person, is_new = await people.add(
            given.account,
            given.name,
            [Role(given.role, given.commune)],
            SystemClock().now(),
            phone=given.phone,
        )
        print(f"{'Added' if is_new else 'Kept'} {person.account}: {person.name}")


async def run_people_enrol(given: argparse.Namespace, settings: Settings) -> None:
    """`people enrol`."""
    async with database(settings):
        person = await people.by_account(given.account)
        token = await enrolments.create(person, SystemClock().now())
        print(f"{settings.origin}/enrol/{token}")


async def run_people_code(given: argparse.Namespace, settings: Settings) -> None:
    """`people code`."""
    async with database(settings):
        person = await people.by_account(given.account)
        secret = open_keyring(settings.keys).secret
        code = await codes.issue(secret, person, SystemClock().now())
        print(f"{code}  (good for {codes.MINUTES} minutes, once)")


async def run_people_close(given: argparse.Namespace, settings: Settings) -> None:
    """`people close`."""
    async with database(settings):
        person = await people.by_account(given.account)
        await people.deactivate(person, SYSTEM, SystemClock().now())
        print(f"Closed {person.account}")


async def run_people_list(given: argparse.Namespace, settings: Settings) -> None:
    """`people list`."""
    async with database(settings):
        for person in await Person.all().order_by("account"):
            roles = await roles_of(person)
            held = ", ".join(f"{r.role} {r.commune or '(everywhere)'}" for r in roles)
            closed = "" if person.is_active else "(closed) "
            print(f"{person.account:20} {person.name:30} {closed}{held}")


async def run_communes_add(given: argparse.Namespace, settings: Settings) -> None:
    """`communes add`."""
    unit = find_commune(given.code)
    async with database(settings):
        is_new = await people.serve_commune(
            unit.code,
            unit.name,
            unit.province_code,
            unit.province_name,
            given.agency,
            SystemClock().now(),
        )
        print(f"{'Added' if is_new else 'Kept'} {unit.name}, {unit.province_name}")


async def run_communes_merge(given: argparse.Namespace, settings: Settings) -> None:
    """`communes merge`."""
    async with database(settings):
        number = await mergers.merge(given.old, given.new, SYSTEM, SystemClock().now())
        print(f"{given.old} is part of {given.new} now: {number} dossiers and all roles went over.")


async def run_communes_list(given: argparse.Namespace, settings: Settings) -> None:
    """`communes list`."""
    async with database(settings):
        for unit in await Commune.all().order_by("code"):
            print(f"{unit.code} {unit.name:20} {unit.province_name:20} {unit.agency_code}")
