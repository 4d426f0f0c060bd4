"""The `forms` commands: check, compare, try and publish forms. Thin calls on what they name."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn
from starlette.routing import BaseRoute

from ..clock import SystemClock
from ..errors import Problem
from ..settings import Settings
from . import difference, preview, rehearsal, report, telling, versions
from .actions import GRACE, compile_folder, publish
from .compiler import Compiled
from .findings import is_error
from .rehearsal import Filed

Database = Callable[[Settings], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Around:
    """What these commands need of later parts of the server.

    `database` opens and closes it around a command; `filings` gives the open dossiers of procedures
    that were filed on another form than the one named; `screens` the routes of the built phone app.
    """

    database: Database
    filings: Callable[[Sequence[str], str], Awaitable[list[Filed]]]
    screens: Callable[[Path], Sequence[BaseRoute]]


def add_forms_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], around: Around
) -> None:
    """Add `forms check`, `forms diff`, `forms preview` and `forms publish`."""
    forms = commands.add_parser("forms", help="check, compare, try and publish forms")
    kinds = forms.add_subparsers(required=True, metavar="WHAT")

    check = kinds.add_parser("check", help="compile without publishing; tell faults and sizes")
    check.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER")
    check.add_argument("--json", action="store_true", help="as one JSON document")
    check.set_defaults(command=run_check)

    diff = kinds.add_parser("diff", help="compare two versions in the form's own words")
    diff.add_argument("old", metavar="FILE|DIGEST|PROCEDURE")
    diff.add_argument("new", metavar="FILE|DIGEST|PROCEDURE")
    diff.add_argument("--language", default="", help="of the labels; the form's default")
    diff.add_argument("--json", action="store_true", help="as one JSON document")
    diff.set_defaults(command=lambda given, settings: run_diff(given, settings, around))

    trial = kinds.add_parser("preview", help="fill a form in the browser; nothing is kept")
    trial.add_argument("path", type=Path, metavar="FILE|FOLDER")
    trial.add_argument("--port", type=int, default=8765)
    trial.set_defaults(command=lambda given, settings: run_preview(given, settings, around))

    publish_ = kinds.add_parser("publish", help="publish the folders of procedures")
    publish_.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    publish_.add_argument("--dry-run", action="store_true", help="only tell what it would mean")
    publish_.set_defaults(command=lambda given, settings: run_publish(given, settings, around))


async def run_check(given: argparse.Namespace, settings: Settings) -> None:
    """`forms check`: every form below the paths; one error makes the command fail."""
    found = [one for path in given.paths for one in await asyncio.to_thread(report.check, path)]
    if given.json:
        forms = [report.stated(one) for one in found]
        print(json.dumps({"forms": forms}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            for line in report.lines(one):
                print(line)
    failed = sum(is_error(finding) for one in found for finding in one.findings)
    if failed:
        raise Problem("form-invalid", {"count": failed})


async def run_diff(given: argparse.Namespace, settings: Settings, around: Around) -> None:
    """`forms diff`: the database is opened only for what is no file."""
    names = (given.old, given.new)
    if all(Path(name).exists() for name in names):  # noqa: ASYNC240  # the command line waits
        old, new = [await versions.find(name) for name in names]
    else:
        async with around.database(settings):
            old, new = [await versions.find(name) for name in names]
    changes = difference.compare(old, new, given.language)
    if given.json:
        told = {"changes": [asdict(change) for change in changes]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in telling.told(changes):
            print(line)


async def run_preview(given: argparse.Namespace, settings: Settings, around: Around) -> None:
    """`forms preview`: serve one form on the loopback until told to stop."""
    (checked,) = report.check(given.path)[:1]
    for line in report.lines(checked):
        print(line)
    print(f"http://127.0.0.1:{given.port}/  (compiled anew whenever it is opened; Ctrl+C ends)")
    app = preview.application(given.path, around.screens(settings.client))
    config = uvicorn.Config(app, host="127.0.0.1", port=given.port, log_level="warning")
    await uvicorn.Server(config).serve()


async def run_publish(given: argparse.Namespace, settings: Settings, around: Around) -> None:
    """`forms publish`: tell what the version means for those on an older one, then publish it."""
    async with around.database(settings):
        for folder in given.folders:
            try:
                made, files = await compile_folder(folder)
            except Problem as problem:
                for fault in problem.facts.get("faults", []):
                    print(f"{fault['level']:7}  {fault['place']}: {fault['en']}")
                raise
            for finding in made.warnings:
                print(f"{finding.level:7}  {finding.place}: {finding.en}")
            await _rehearse(made, [file.code for file in files], around)
            if not given.dry_run:
                print(await publish(made, files, SystemClock().now()))


async def _rehearse(made: Compiled, codes: list[str], around: Around) -> None:
    filed = await around.filings(codes, made.digest)
    old = {one: await versions.of_published(one) for one in {filing.form for filing in filed}}
    outcomes = rehearsal.rehearse(versions.of_compiled(made), old, filed)
    for line in rehearsal.told(outcomes, SystemClock().now() + GRACE):
        print(line)
