"""Rows written without records: they read back as the models wrote them."""

import contextlib
import uuid
from typing import Any, NamedTuple

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from server.database import transaction
from server.dossiers.likeness import NewLikeness
from server.dossiers.models import Dossier, Likeness, NewDossier
from server.rows import Change, Insert, Look, columns_of, look_up, moment_of, numbered, write_all
from server.settings import Settings
from tests.support.application import START
from tests.support.postgresql import ON_POSTGRESQL


def new_dossier(**changed: Any) -> NewDossier:
    dossier = NewDossier(
        id=uuid.uuid4(),
        code="HS-0000-0000",
        procedure_code="1.001193",
        form_digest="0" * 64,
        commune_code="02683",
        last_seq=1,
        answers={"ho_ten": "Giàng A Thử", "con": [{"ten": "“Mẫu”\n"}]},
        language="vi",
        applicant_name="Giàng A Thử",
        applicant_folded="giang a thu",
        applicant_id_number="",
        applicant_phone="",
        applicant_id=None,
        helper_id=uuid.uuid4(),
        helper_name="",
        helper_relation="",
        device_id="d",
        submitted_at=START,
        device_at=START,
    )
    return dossier._replace(**changed)


async def test_rows_read_back_as_they_were_given(database: Settings) -> None:
    given = [new_dossier(), new_dossier(state="received", version=7)]
    async with transaction() as connection:
        await write_all(connection, [Insert(Dossier, given)])
    for row in given:
        found = await Dossier.get(id=row.id)
        assert {name: getattr(found, name) for name in row._fields} == row._asdict()
        assert (found.number, found.due_on, found.closed_at) == (None, None, None)


async def test_rows_are_found_as_records_are(database: Settings) -> None:
    row = new_dossier()
    async with transaction() as connection:
        await write_all(connection, [Insert(Dossier, [row])])
    found = await Dossier.filter(submitted_at=START, helper_id=row.helper_id, id__in=[row.id])
    assert len(found) == 1


async def test_a_row_that_is_there_already_is_refused(database: Settings) -> None:
    row = new_dossier()
    with pytest.raises(IntegrityError):
        async with transaction() as connection:
            await write_all(connection, [Insert(Dossier, [row, row])])
    assert await Dossier.all().count() == 0


async def test_a_text_too_long_for_its_column_is_refused_or_whole_but_never_cut(
    database: Settings,
) -> None:
    row = new_dossier(code="HS-0000-0000-0000-0000")
    with contextlib.suppress(OperationalError):
        async with transaction() as connection:
            await write_all(connection, [Insert(Dossier, [row])])
    kept = [one.code for one in await Dossier.all()]
    assert kept == ([] if ON_POSTGRESQL else [row.code])


async def test_a_tuple_that_lacks_a_column_never_reaches_the_database(database: Settings) -> None:
    class Half(NamedTuple):
        id: uuid.UUID

    with pytest.raises(TypeError, match="applicant_name"):
        async with transaction() as connection:
            await write_all(connection, [Insert(Dossier, [Half(uuid.uuid4())])])


async def test_what_is_written_together_is_looked_for_as_it_was_before(database: Settings) -> None:
    before, after = new_dossier(code="HS-0001-0000"), new_dossier(code="HS-0001-0000")
    mark = NewLikeness(uuid.uuid4(), "dấu", after.id)
    change = Change("UPDATE dossier SET version = $1 WHERE id = $2", [5, str(before.id)])
    look = Look(Dossier, ("id", "version"), "code", ["HS-0001-0000"])
    async with transaction() as connection:
        await write_all(connection, [Insert(Dossier, [before])])
        found = await write_all(
            connection, [Insert(Dossier, [after]), Insert(Likeness, [mark])], change, look
        )
    assert [(str(id_), version) for id_, version in found] == [(str(before.id), 1)]
    assert {one.id: one.version for one in await Dossier.all()} == {before.id: 5, after.id: 1}
    assert (await Likeness.get(print="dấu")).dossier_id == after.id


async def test_each_part_of_what_is_written_together_can_be_missing(database: Settings) -> None:
    row = new_dossier()
    look = Look(Dossier, ("version",), "id", [str(row.id)])
    change = Change("UPDATE dossier SET version = $1 WHERE version = $2", [3, 1])
    async with transaction() as connection:
        assert await write_all(connection, []) == []
        assert await write_all(connection, [Insert(Dossier, []), Insert(Dossier, [row])]) == []
        assert await write_all(connection, [], change) == []
        assert await write_all(connection, [], None, look) == [(3,)]
        assert await write_all(connection, [], None, look._replace(keys=[])) == []


async def test_fault_in_one_part_undoes_all_that_was_written_with_it(database: Settings) -> None:
    rows = [new_dossier()]
    stray = NewLikeness(uuid.uuid4(), "dấu", uuid.uuid4())
    with pytest.raises(IntegrityError):
        async with transaction() as connection:
            await write_all(connection, [Insert(Dossier, rows), Insert(Likeness, [stray])])
    assert (await Dossier.all().count(), await Likeness.all().count()) == (0, 0)


async def test_columns_of_some_rows_are_read(database: Settings) -> None:
    rows = [new_dossier(code=f"HS-000{at}-0000", version=at) for at in range(3)]
    async with transaction() as connection:
        await write_all(connection, [Insert(Dossier, rows)])
        wanted = [str(row.id) for row in rows[1:]]
        found = await columns_of(Dossier, ("code", "version"), "id", wanted, connection)
    assert sorted(found) == [("HS-0001-0000", 1), ("HS-0002-0000", 2)]
    assert await columns_of(Dossier, ("code",), "id", []) == []


async def test_several_looks_find_what_each_alone_does(database: Settings) -> None:
    rows = [new_dossier(code=f"HS-000{at}-0000", version=at + 1) for at in range(3)]
    async with transaction() as connection:
        await write_all(connection, [Insert(Dossier, rows)])
        dossiers, marks, nothing = await look_up(
            [
                Look(Dossier, ("version", "submitted_at"), "id", [str(row.id) for row in rows[1:]]),
                Look(Dossier, ("id", "helper_id", "closed_at"), "code", ["HS-0000-0000"]),
                Look(Dossier, ("id",), "id", []),
            ],
            connection,
        )
    assert sorted(version for version, _ in dossiers) == [2, 3]
    assert {moment_of(at) for _, at in dossiers} == {START}
    assert [tuple(map(str, row)) for row in marks] == [
        (str(rows[0].id), str(rows[0].helper_id), "None")
    ]
    assert nothing == []


async def test_no_parameter_has_a_name_that_a_sequence_could_not_fill(database: Settings) -> None:
    second, first = "CAST($2 AS CHAR(1))", "CAST($1 AS CHAR(1))"
    async with transaction() as connection:
        statement = numbered(connection, f"SELECT {second} || {first} || {second} AS found")
        assert connection.capabilities.dialect == "postgres" or "$" not in statement
        (row,) = await connection.execute_query_dict(statement, ["b", "a"])
    assert row["found"] == "aba"
