"""The `forms` commands: check a form, publish procedures. Thin calls on sources and actions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from ..clock import SystemClock
from ..errors import Problem
from ..settings import Settings
from . import sources
from .actions import publish_folder

Database = Callable[[Settings], AbstractAsyncContextManager[None]]


def add_forms_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], database: Database
) -> None:
    """Add `forms check` and `forms publish`; `database` opens and closes it around a command."""
    forms = commands.add_parser("forms", help="check and publish forms").add_subparsers(
        required=True, metavar="WHAT"
    )
    check = forms.add_parser("check", help="compile without publishing; tell faults and sizes")
    check.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER")
    check.set_defaults(command=run_check)
    publish = forms.add_parser("publish", help="publish the folders of procedures")
    publish.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")

    async def run_publish(given: argparse.Namespace, settings: Settings) -> None:
        async with database(settings):
            for folder in given.folders:
                try:
                    print(await publish_folder(folder, SystemClock().now()))
                except Problem as problem:
                    for fault in problem.facts.get("faults", []):
                        print(f"{fault['level']}  {fault['place']}: {fault['en']}")
                    raise

    publish.set_defaults(command=run_publish)


async def run_check(given: argparse.Namespace, settings: Settings) -> None:
    """Check each form; the last fault makes the command fail."""
    failed = 0
    for path in given.paths:
        report = sources.check(path)
        for finding in report.findings:
            print(f"{finding.level}  {finding.place}: {finding.en}")
        if report.compiled is None:
            failed += sum(finding.level == "error" for finding in report.findings)
            continue
        print(f"{path}: {described(report)}")
    if failed:
        raise Problem("form-invalid", {"count": failed})


def described(report: sources.Report) -> str:
    """Return size and parts of a compiled form in one line."""
    if report.compiled is None:
        return "not compiled"
    made = report.compiled
    questions = sum(node.kind == "value" for node in made.definition.nodes)
    lists = sum(len(content) for _, content in made.resources.values())
    return (
        f"{questions} questions, {len(made.content)} bytes, lists {lists} bytes,"
        f" digest {made.digest[:12]}"
    )
