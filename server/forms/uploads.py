"""Forms that an administrator brings to the desk: checked, kept for some days, published or not.

Bringing is one step and publishing another, so that what the check found, what changes and what it
means for dossiers can be read in between. Nothing that is only brought touches a procedure; whoever
knows its digest can try it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec

from .. import VERSION, events
from ..clock import ZONE, legal_day
from ..database import transaction
from ..errors import Problem
from . import report
from .actions import GRACE, Published, publish
from .compiler import Compiled
from .conversion import Conversions
from .definition import Definition, decode
from .findings import FormFault
from .keeping import Kept, kept_of
from .models import FormUpload, FormUploadFile, Procedure
from .procedures import ProcedureFile
from .sources import Report

KEPT = timedelta(days=7)
# Of one person; a further one takes the place of their oldest.
MOST_KEPT = 10
# Phones are away from signal for weeks: nobody may cut them off at once, nor keep a form for ever.
LEAST_GRACE, MOST_GRACE = timedelta(days=14), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought: the form's file, the files it names, the procedures it is meant for."""

    name: str
    content: bytes
    attachments: Mapping[str, bytes]
    procedures: tuple[str, ...]

    def id_with(self, kept: Kept) -> str:
        """The digest of it all, of what is kept from before, and of the version that judges it."""
        files = [sorted(self.attachments.items()), kept.digest]
        parts = [self.name, self.content, files, self.procedures]
        return hashlib.sha256(msgspec.msgpack.encode([VERSION, *parts])).hexdigest()


async def take(
    brought: Brought, uploader: events.Actor, now: datetime, conversions: Conversions
) -> FormUpload:
    """Check a form and keep it with what was found; the same files again are the same upload.

    Files that it names and that are not brought are those of the version in use.
    Raises `procedure-unknown`, `server-busy`.
    """
    rows = await Procedure.filter(code__in=brought.procedures).order_by("position", "code")
    known = {one.code for one in rows}
    for code in brought.procedures:
        if code not in known:
            raise Problem("procedure-unknown", {"procedure": code[:20]})
    kept = (await kept_of(one.form_digest for one in rows)).without(brought.attachments)
    identifier = await asyncio.to_thread(brought.id_with, kept)
    if found := await FormUpload.get_or_none(id=identifier):
        again = {"expires_at": now + KEPT, "published_at": None, "accepted_until": None}
        await FormUpload.filter(id=identifier).update(**again)
        return found
    made: Compiled | None = None
    try:
        files = {**kept.media, **brought.attachments}
        made = await conversions.compile(brought.content, brought.name, files, kept.lists)
        findings = made.warnings
    except FormFault as fault:
        findings = fault.findings
    told = await asyncio.to_thread(report.stated, Report(brought.name, made, findings))
    told["kept"] = kept.used_by(made) if made else []
    upload = FormUpload(
        id=identifier,
        name=brought.name[:200],
        procedures=list(brought.procedures),
        form_digest=made.digest if made else "",
        whole=made.whole if made else None,
        told=told,
        uploader_id=uploader.person_id,
        uploader_name=uploader.name,
        uploaded_at=now,
        expires_at=now + KEPT,
    )
    await _keep(upload, made, uploader, now)
    return upload


async def read(identifier: str, now: datetime) -> FormUpload:
    """An upload that is kept still. Raises `form-upload-gone`."""
    found = await FormUpload.get_or_none(id=identifier, expires_at__gt=now)
    if found is None:
        raise Problem("form-upload-gone")
    return found


async def compiled_of(upload: FormUpload) -> Compiled:
    """The form as it was compiled. Raises `form-invalid` for one with faults."""
    if not upload.form_digest or upload.whole is None:
        raise Problem("form-invalid", {"count": len(upload.told.get("findings", []))})
    files: dict[str, dict[str, tuple[str, bytes]]] = {}
    for one in await FormUploadFile.filter(upload_id=upload.id):
        files.setdefault(one.kind, {})[one.digest] = (one.name, bytes(one.content))
    definition: Definition = await asyncio.to_thread(decode, bytes(upload.whole))
    return Compiled(
        definition,
        files["form"][upload.form_digest][1],
        upload.form_digest,
        files.get("list", {}),
        [],
        files.get("media", {}),
        files.get("words", {}),
    )


async def publish_upload(
    upload: FormUpload, seen: Mapping[str, str], until: date, actor: events.Actor, now: datetime
) -> Published:
    """Publish an upload for its procedures; twice is once.

    `seen`: each procedure's form that it was compared with; `until`: the last day on which the
    version before is taken. Raises `form-until-invalid`, `form-published-meanwhile`.
    """
    first, last = grace_days(now)
    if not first <= until <= last:
        days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        raise Problem("form-until-invalid", days)
    made = await compiled_of(upload)
    known = await Procedure.filter(code__in=upload.procedures).order_by("position", "code")
    files = [ProcedureFile(one.code, one.slug, one.about, one.sameness) for one in known]
    end = datetime.combine(until + timedelta(days=1), time(), ZONE)
    published = await publish(made, files, now, actor, seen=seen, until=end)
    if published.is_new or upload.published_at is None:
        await FormUpload.filter(id=upload.id, published_at=None).update(
            published_at=now, accepted_until=end
        )
    return published


def grace_days(now: datetime) -> tuple[date, date]:
    """The first and the last day that may be chosen for the end of the version before."""
    return legal_day(now + LEAST_GRACE), legal_day(now + MOST_GRACE)


def usual_grace(now: datetime) -> date:
    """The day that is proposed."""
    return legal_day(now + GRACE)


async def discard(upload: FormUpload, actor: events.Actor, now: datetime) -> None:
    """Forget an upload; twice is once. What it published stays."""
    async with transaction() as connection:
        await FormUploadFile.filter(upload_id=upload.id).using_db(connection).delete()
        if await FormUpload.filter(id=upload.id).using_db(connection).delete():
            data = {"upload": upload.id, "file": upload.name}
            await events.append(connection, "form.discarded", actor, now, data=data)


async def sweep_form_uploads(now: datetime) -> None:
    """Forget the uploads that nobody published or looked at again."""
    ended = await FormUpload.filter(expires_at__lte=now).values_list("id", flat=True)
    await _forget([str(one) for one in ended])


async def _keep(
    upload: FormUpload, made: Compiled | None, uploader: events.Actor, now: datetime
) -> None:
    """Store an upload with its files; whoever brought the same in the meantime has stored it."""
    rows = [
        FormUploadFile(
            upload_id=upload.id, digest=digest, kind=kind, name=name[:100], content=content
        )
        for kind, files in _files(made).items()
        for digest, (name, content) in files.items()
    ]
    async with transaction() as connection:
        if await FormUpload.filter(id=upload.id).using_db(connection).exists():
            return
        await upload.save(using_db=connection, force_create=True)
        for row in rows:
            await row.save(using_db=connection)
        data = {"upload": upload.id, "file": upload.name, "form": upload.form_digest}
        await events.append(connection, "form.uploaded", uploader, now, data=data)
    mine = FormUpload.filter(uploader_id=upload.uploader_id).order_by("-uploaded_at", "id")
    await _forget([str(one) for one in (await mine.values_list("id", flat=True))[MOST_KEPT:]])


def _files(made: Compiled | None) -> dict[str, dict[str, tuple[str, bytes]]]:
    if made is None:
        return {}
    return {
        "form": {made.digest: ("form.json", made.content)},
        "list": made.resources,
        "media": made.media,
        "words": made.translations,
    }


async def _forget(identifiers: list[str]) -> None:
    if identifiers:
        async with transaction() as connection:
            files = FormUploadFile.filter(upload_id__in=identifiers).using_db(connection)
            await files.delete()
            await FormUpload.filter(id__in=identifiers).using_db(connection).delete()
