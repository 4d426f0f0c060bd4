"""Versions of forms by whatever names them: a file or folder, a digest, a procedure's code."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import Problem
from . import sources
from .actions import invalid
from .compiler import Compiled
from .definition import decode, decode_instance
from .difference import Version
from .findings import FormFault
from .models import FormResource, FormVersion, Procedure
from .reach import lists_of

DIGEST = re.compile(r"[0-9a-f]{8,64}")


async def find(name: str) -> Version:
    """Return the version that a name means. Raises `form-invalid` or `form-unknown`."""
    if Path(name).exists():  # noqa: ASYNC240  # one look, for the command line
        report = sources.check(Path(name))
        if report.compiled is None:
            raise invalid(FormFault(report.findings))
        return of_compiled(report.compiled)
    if not DIGEST.fullmatch(name):
        procedure = await Procedure.filter(code__in=[name[:20]]).first()
        return await of_published(procedure.form_digest if procedure else "")
    found = await FormVersion.filter(digest__startswith=name).limit(2)
    if len(found) != 1:
        raise Problem("form-unknown")
    return await of_published(found[0].digest)


async def of_published(digest: str) -> Version:
    """Return a published version by its whole digest. Raises `form-unknown`."""
    stored = await FormVersion.get_or_none(digest=digest)
    if stored is None:
        raise Problem("form-unknown")
    lists = await FormResource.filter(digest__in=stored.resources) if stored.resources else []
    by_digest = {one.digest: decode_instance(bytes(one.content)) for one in lists}
    definition = decode(bytes(stored.definition))
    return Version(
        definition,
        {
            name: by_digest.get(one.resource, one) if one.resource else one
            for name, one in definition.instances.items()
        },
    )


def of_compiled(made: Compiled) -> Version:
    """Return a compiled form as a version."""
    return Version(made.definition, lists_of(made))
