"""Rows without records, for the path that thousands of dossiers take at once.

A record of the ORM, and each query it words anew, cost more than all else that is done there. New
rows are named tuples whose fields are the model's own, so a column is named where its value is;
each statement is worded once. Everything else is the models' part.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from tortoise import connections, fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

_Written = Callable[[Any], Any]


async def insert_all(
    connection: BaseDBAsyncClient, model: type[Model], rows: Sequence[NamedTuple]
) -> None:
    """Write new rows of a model, all of one kind of tuple; a column that it lacks is left empty.

    Raises `IntegrityError` as the model itself does, `TypeError` for a tuple that does not fit.
    """
    if not rows:
        return
    statement, written = _prepared(model, rows[0]._fields, connection.capabilities.dialect)
    values = [
        [
            value if write is None else write(value)
            for write, value in zip(written, row, strict=True)
        ]
        for row in rows
    ]
    if connection.capabilities.dialect == "sqlite":
        await connection.execute_many(statement, values)
    else:
        # A column each: one statement that is run once, however many rows there are.
        await connection.execute_query(
            statement, [list(column) for column in zip(*values, strict=True)]
        )


class Look(NamedTuple):
    """Columns `names` of the rows of a model whose `column` is one of `keys`."""

    model: type[Model]
    names: tuple[str, ...]
    column: str
    keys: Sequence[str]


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
    return statement, [_write(known[name]) for name in names]


def _kind(field: fields.Field[Any]) -> str:
    """PostgreSQL's type of a column. Text has no length here: cast to one it would be cut silently,
    while the column itself refuses what is too long.
    """
    kind: str = field.get_for_dialect("postgres", "SQL_TYPE")
    return "TEXT" if kind.startswith("VARCHAR") else kind


def _write(field: fields.Field[Any]) -> _Written | None:
    if isinstance(field, fields.UUIDField):
        return lambda value: None if value is None else str(value)
    if isinstance(field, fields.JSONField):
        return lambda value: None if value is None else msgspec.json.encode(value).decode()
    return None
