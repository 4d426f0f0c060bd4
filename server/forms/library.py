"""Published forms, made ready once and kept: a version never changes, so neither does its Form."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from server.errors import Problem
from server.forms.definition import decode, decode_instance
from server.forms.form import Form
from server.forms.models import FormResource, FormVersion
from server.forms.tables import Table

MAX_FORMS = 32
MAX_TABLES = 64


class Library:
    """The forms a process has used lately. One for the process; fillings never change a Form."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()
        self._tables: OrderedDict[tuple[str, tuple[str, ...]], Table] = OrderedDict()

    async def get(self, digest: str) -> Form:
        """Return a published form, ready to fill or check. Raises `form-unknown`."""
        form = self._forms.get(digest)
        if form is None:
            form = self._forms[digest] = await self._read(digest)
            while len(self._forms) > MAX_FORMS:
                self._forms.popitem(last=False)
        self._forms.move_to_end(digest)
        return form

    async def _read(self, digest: str) -> Form:
        version = await FormVersion.get_or_none(digest=digest)
        if version is None:
            raise Problem("form-unknown")
        definition = decode(bytes(version.definition))
        languages = tuple(definition.languages or [""])
        tables: dict[str, Table] = {}
        for name in version.resources:
            table = self._tables.get((name, languages))
            if table is None:
                resource = await FormResource.get(digest=name)
                instance = decode_instance(bytes(resource.content))
                table = self._tables[name, languages] = Table(instance, list(languages))
                while len(self._tables) > MAX_TABLES:
                    self._tables.popitem(last=False)
            tables[name] = table
        return await asyncio.to_thread(Form, definition, tables)
