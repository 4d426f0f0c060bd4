"""Versions of forms by whatever names them: a file or folder, a digest, a procedure's code."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import Problem
from . import sources, stored
from .actions import invalid
from .compiler import Compiled
from .difference import Version
from .findings import FormFault
from .models import FormVersion, Procedure
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
    definition, by_digest = await stored.read(digest)
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
