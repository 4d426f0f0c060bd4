"""Rows without records, for the path that thousands of dossiers take at once.

A record of the ORM, and each query it words anew, cost more than all else that is done there. New
rows are named tuples whose fields are the model's own, so a column is named where its value is;
each statement is worded once. Everything else is the models' part.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from tortoise import connections, fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

_Written = Callable[[Any], Any]
# What a column is read or written by: a model and names of its columns.
_Columns = tuple[type[Model], tuple[str, ...]]
_PARAMETER = re.compile(r"\$(\d+)")


class Insert(NamedTuple):
    """New rows of a model, all of one kind of tuple; a column that it lacks is left empty."""

    model: type[Model]
    rows: Sequence[NamedTuple]

    @property
    def columns(self) -> _Columns:
        """What is written. There must be a row."""
        return self.model, self.rows[0]._fields


class Change(NamedTuple):
    """A statement of ours, its parameters `$1`, `$2`, and their values."""

    statement: str
    values: Sequence[Any]


class Look(NamedTuple):
    """Columns `names` of the rows of a model whose `column` is one of `keys`."""

    model: type[Model]
    names: tuple[str, ...]
    column: str
    keys: Sequence[str]


async def write_all(
    connection: BaseDBAsyncClient,
    inserts: Sequence[Insert],
    change: Change | None = None,
    look: Look | None = None,
) -> list[tuple[Any, ...]]:
    """What `look` finds before anything is written; all of it is one trip to a far-away database.

    What others point at is named before them; otherwise no part may need what another one writes.
    Raises `IntegrityError` as the models do, `TypeError` for a tuple that does not fit.
    """
    given = [one for one in inserts if one.rows]
    if connection.capabilities.dialect == "sqlite":
        found = await columns_of(*look, connection) if look else []
        for one in given:
            statement, written = _prepared(*one.columns, "sqlite")
            columns = _turned(one.rows, written)
            await connection.execute_many(statement, list(map(list, zip(*columns, strict=True))))
        if change:
            statement = numbered(connection, change.statement)
            await connection.execute_query(statement, list(change.values))
        return found
    if not (given or change or look):
        return []
    values: list[Any] = []
    for one in given:
        _, written = _prepared(*one.columns, "postgres")
        # A column each: one statement that is run once, however many rows there are.
        values += _turned(one.rows, written)
    values += change.values if change else ()
    values += [list(look.keys)] if look else ()
    statement = _written_together(
        tuple(one.columns for one in given), change and change.statement, look and look[:3]
    )
    _, rows = await connection.execute_query(statement, values)
    return [tuple(row) for row in rows] if look else []


def _turned(rows: Sequence[NamedTuple], written: Sequence[_Written | None]) -> list[Sequence[Any]]:
    """The rows turned on their side, each value as it is written."""
    return [
        column if write is None else [write(value) for value in column]
        for write, column in zip(written, zip(*rows, strict=True), strict=True)
    ]


async def look_up(
    looks: Sequence[Look], connection: BaseDBAsyncClient | None = None
) -> list[list[tuple[Any, ...]]]:
    """What each look finds, as `columns_of` gives it; one trip to a database that is far away."""
    client = connection or connections.get("default")
    if client.capabilities.dialect == "sqlite":
        return [await columns_of(*look, client) for look in looks]
    statement = _asked_together(tuple((look.model, look.names, look.column) for look in looks))
    found: list[list[tuple[Any, ...]]] = [[] for _ in looks]
    _, rows = await client.execute_query(statement, [list(look.keys) for look in looks])
    for at, row in map(tuple, rows):
        found[at].append(tuple(msgspec.json.decode(row)))
    return found


async def columns_of(
    model: type[Model],
    names: tuple[str, ...],
    column: str,
    keys: Sequence[str],
    connection: BaseDBAsyncClient | None = None,
) -> list[tuple[Any, ...]]:
    """Columns `names` of the rows whose `column` is one of `keys`, as the driver gives them.

    SQLite keeps identifiers and truth values as text and numbers, and times as `moment_of` reads.
    """
    if not keys:
        return []
    client = connection or connections.get("default")
    statement = numbered(client, _asked(model, names, column, len(keys)))
    _, rows = await client.execute_query(statement, list(keys))
    return [tuple(row) for row in rows]


def numbered(connection: BaseDBAsyncClient, statement: str) -> str:
    """`statement`, whose parameters are `$1`, `$2`, as this database counts them.

    To SQLite `$1` is a name, and Python gives up filling names from a sequence.
    """
    is_sqlite = connection.capabilities.dialect == "sqlite"
    return statement.replace("$", "?") if is_sqlite else statement


def moment_of(kept: Any) -> datetime | None:
    """A time out of `columns_of`."""
    return datetime.fromisoformat(kept) if isinstance(kept, str) else kept


@functools.lru_cache(maxsize=1_024)
def _asked(model: type[Model], names: tuple[str, ...], column: str, count: int) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(f"${at}" for at in range(1, count + 1))
    return f'SELECT {listed} FROM "{model._meta.db_table}" WHERE "{column}" IN ({marks})'  # noqa: S608 (names of ours)


@functools.lru_cache(maxsize=64)
def _asked_together(looks: tuple[tuple[type[Model], tuple[str, ...], str], ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT {at} AS place, json_build_array("  # noqa: S608 (names of ours)
        + ", ".join(f'"{name}"' for name in names)
        + f')::text AS found FROM "{model._meta.db_table}" WHERE "{column}" = ANY(${at + 1})'
        for at, (model, names, column) in enumerate(looks)
    )


@functools.lru_cache(maxsize=64)
def _written_together(
    inserts: tuple[_Columns, ...],
    change: str | None,
    look: tuple[type[Model], tuple[str, ...], str] | None,
) -> str:
    """One statement whose parts are all run, each by what was there before (PostgreSQL's `WITH`).

    Parameters count on from part to part, in the order of `write_all`.
    """
    parts = [(_prepared(*columns, "postgres")[0], len(columns[1])) for columns in inserts]
    if change:
        parts.append((change, len(set(_PARAMETER.findall(change)))))
    if look:
        model, names, column = look
        listed = ", ".join(f'"{name}"' for name in names)
        table = model._meta.db_table
        parts.append((f'SELECT {listed} FROM "{table}" WHERE "{column}" = ANY($1)', 1))  # noqa: S608 (names of ours)
    told, before = [], 0
    for part, count in parts:
        told.append(_counted_from(before, part))
        before += count
    *first, last = told
    named = ", ".join(f"part{at} AS ({part})" for at, part in enumerate(first))
    return f"WITH {named} {last}" if first else last


def _counted_from(before: int, statement: str) -> str:
    return _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", statement)


@functools.cache
def _prepared(
    model: type[Model], names: tuple[str, ...], dialect: str
) -> tuple[str, list[_Written | None]]:
    """The statement, and how each column is written; nothing where the driver knows how."""
    known = model._meta.fields_map
    lacking = {
        name
        for name, field in known.items()
        if field.has_db_field and not field.null and not field.generated and name not in names
    }
    if lacking or not set(names) <= set(known):
        raise TypeError(f"{model.__name__}: {sorted(lacking or set(names) - set(known))}")
    table = model._meta.db_table
    columns = ", ".join(f'"{known[name].source_field or name}"' for name in names)
    if dialect == "sqlite":
        marks = ", ".join("?" for _ in names)
        statement = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 (names of ours)
    else:
        marks = ", ".join(f"${at}::{_kind(known[name])}[]" for at, name in enumerate(names, 1))
        statement = f'INSERT INTO "{table}" ({columns}) SELECT * FROM unnest({marks})'  # noqa: S608 (names of ours)
    return statement, [_write(known[name], dialect) for name in names]


def _kind(field: fields.Field[Any]) -> str:
    """PostgreSQL's type of a column. Text has no length here: cast to one it would be cut silently,
    while the column itself refuses what is too long.
    """
    kind: str = field.get_for_dialect("postgres", "SQL_TYPE")
    return "TEXT" if kind.startswith("VARCHAR") else kind


def _write(field: fields.Field[Any], dialect: str) -> _Written | None:
    if isinstance(field, fields.UUIDField) and dialect == "sqlite":
        return lambda value: None if value is None else str(value)
    if isinstance(field, fields.JSONField):
        return lambda value: None if value is None else msgspec.json.encode(value).decode()
    return None
