"""Publishing forms and procedures, opening and closing them.

A published version is never changed: it is named by the digest of its bytes, so publishing the same
form twice changes nothing. A newer version replaces it for new drafts; the older one stays accepted
for a while, for drafts and queues begun on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..clock import iso
from ..database import transaction
from ..errors import Problem
from . import procedures, sources
from .compiler import Compiled
from .findings import Finding, FormFault
from .models import AcceptedForm, FormResource, FormVersion, Procedure
from .procedures import ProcedureFile

# How long an older version is still taken: a phone may be away from signal for weeks.
GRACE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing: the form's digest, the procedures, and remarks for the author."""

    digest: str
    codes: list[str]
    warnings: list[Finding]
    is_new: bool

    def __str__(self) -> str:
        told = "published" if self.is_new else "unchanged"
        return f"{', '.join(self.codes)}  form {self.digest[:12]} {told}"


async def compile_folder(folder: Path) -> tuple[Compiled, list[ProcedureFile]]:
    """Read and compile a procedure's folder. Raises `form-invalid` with all findings."""
    try:
        read = await asyncio.to_thread(procedures.read, folder)
        compiled = await asyncio.to_thread(
            sources.compile_source, read.form, read.form_name, read.attachments
        )
    except FormFault as fault:
        raise invalid(fault) from fault
    return compiled, read.procedures


async def publish_folder(folder: Path, now: datetime) -> Published:
    """Publish a procedure's folder. Raises the problem `form-invalid` with all findings."""
    compiled, files = await compile_folder(folder)
    return await publish(compiled, files, now)


async def publish(
    compiled: Compiled,
    files: list[ProcedureFile],
    now: datetime,
    actor: events.Actor | None = None,
    *,
    seen: Mapping[str, str] | None = None,
    until: datetime | None = None,
) -> Published:
    """Store a compiled form and make it the current one of its procedures, in one transaction.

    `seen`: the current form of each procedure that whoever decides has looked at; raises
    `form-published-meanwhile` when one has another by now. `until`: when the version before is no
    longer taken.
    """
    async with transaction() as connection:
        is_new = await _store(connection, compiled, now)
        for position, file in enumerate(files):
            if seen is not None:
                known = {seen.get(file.code, ""), compiled.digest}
                await _demand_seen(connection, file.code, known)
            assigned = _Assigned(file, position, compiled.digest, until or now + GRACE)
            is_new = await _assign(connection, assigned, now) or is_new
        if is_new:
            await events.append(
                connection,
                "form.published",
                actor or events.SYSTEM,
                now,
                data={
                    "form": compiled.digest,
                    "procedures": [file.code for file in files],
                    "until": iso(until or now + GRACE),
                },
            )
    return Published(compiled.digest, [file.code for file in files], compiled.warnings, is_new)


async def set_open(code: str, is_open: bool, actor: events.Actor, now: datetime) -> None:
    """Open or close a procedure; doing it twice changes nothing more."""
    async with transaction() as connection:
        changed = (
            await Procedure.filter(code=code, is_open=not is_open)
            .using_db(connection)
            .update(is_open=is_open)
        )
        if changed:
            name = "procedure.opened" if is_open else "procedure.closed"
            await events.append(connection, name, actor, now, data={"procedure": code})
        elif not await Procedure.filter(code=code).using_db(connection).exists():
            raise Problem("procedure-unknown", {"procedure": code})


def invalid(fault: FormFault) -> Problem:
    """Return the problem that tells a form's faults."""
    faults = [
        {"level": f.level, "code": f.code, "place": f.place, "vi": f.vi, "en": f.en}
        for f in fault.findings
    ]
    count = sum(finding.level == "error" for finding in fault.findings)
    return Problem("form-invalid", {"count": count, "faults": faults[:200]})


async def _store(connection: BaseDBAsyncClient, compiled: Compiled, now: datetime) -> bool:
    """Store the version, its lists, pictures and sounds if they are not there yet."""
    for digest, (name, content) in _files(compiled).items():
        if not await FormResource.filter(digest=digest).using_db(connection).exists():
            await FormResource.create(
                digest=digest, name=name[:100], content=content, using_db=connection
            )
    if await FormVersion.filter(digest=compiled.digest).using_db(connection).exists():
        return False
    await FormVersion.create(
        digest=compiled.digest,
        form_id=compiled.definition.id[:100],
        version=compiled.definition.version[:60],
        definition=compiled.content,
        resources=list(compiled.resources),
        published_at=now,
        using_db=connection,
    )
    return True


def _files(compiled: Compiled) -> dict[str, tuple[str, bytes]]:
    return {**compiled.resources, **compiled.media, **compiled.translations}


async def _demand_seen(connection: BaseDBAsyncClient, code: str, known: set[str]) -> None:
    """Hold the procedure's row to the end of the transaction, and look which form it has."""
    rows = Procedure.filter(code=code).using_db(connection).select_for_update()
    found = await rows.first()
    if found is None:
        raise Problem("procedure-unknown", {"procedure": code})
    if found.form_digest not in known:
        raise Problem("form-published-meanwhile")


@dataclass(frozen=True, slots=True)
class _Assigned:
    """A procedure, its place in the catalogue, its form, the end of the one before."""

    file: ProcedureFile
    position: int
    digest: str
    until: datetime


async def _assign(connection: BaseDBAsyncClient, assigned: _Assigned, now: datetime) -> bool:
    """Make a form the current one of a procedure; tell whether that changed anything."""
    file, digest = assigned.file, assigned.digest
    found = await Procedure.filter(code=file.code).using_db(connection).first()
    if found is None:
        await Procedure.create(
            code=file.code,
            slug=file.slug,
            about=file.about,
            form_digest=digest,
            position=assigned.position,
            sameness=file.sameness,
            using_db=connection,
        )
    elif (found.form_digest, found.about) == (digest, file.about):
        if found.sameness != file.sameness:
            await (
                Procedure.filter(code=file.code).using_db(connection).update(sameness=file.sameness)
            )
        return False
    else:
        found.slug, found.about, found.form_digest = file.slug, file.about, digest
        found.sameness = file.sameness
        await found.save(using_db=connection)
    accepted = AcceptedForm.filter(procedure_code=file.code).using_db(connection)
    await (
        accepted.filter(accepted_until=None)
        .exclude(form_digest=digest)
        .update(accepted_until=assigned.until)
    )
    if not await accepted.filter(form_digest=digest).update(accepted_until=None):
        await AcceptedForm.create(
            procedure_code=file.code,
            form_digest=digest,
            accepted_from=now,
            using_db=connection,
        )
    return True
