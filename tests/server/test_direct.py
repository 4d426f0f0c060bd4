"""A transaction that runs where the database is: whole or not at all, and waiting for nothing."""

import asyncio
import contextlib

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError

from server.database import transaction
from server.direct import in_one_go
from server.identity.models import Commune
from server.settings import Settings
from tests.support.postgresql import ON_POSTGRESQL


def commune(code: str) -> Commune:
    return Commune(
        code=code, name="Xã Thử", province_code="15", province_name="Tỉnh Lào Cai", agency_code="H"
    )


async def add(connection: BaseDBAsyncClient, *codes: str) -> None:
    await Commune.bulk_create([commune(code) for code in codes], using_db=connection)


async def codes() -> list[str]:
    return [one.code for one in await Commune.all().order_by("code")]


async def test_what_is_done_in_one_go_lasts_and_its_result_comes_back(database: Settings) -> None:
    async def work(connection: BaseDBAsyncClient) -> int:
        await add(connection, "00001")
        await add(connection, "00002", "00003")
        await Commune.filter(code="00001").update(name="Xã Mẫu")
        return await Commune.all().using_db(connection).count()

    assert await in_one_go(work) == 3
    assert await codes() == ["00001", "00002", "00003"]
    assert (await Commune.get(code="00001")).name == "Xã Mẫu"


async def test_fault_in_the_middle_leaves_nothing(database: Settings) -> None:
    async def work(connection: BaseDBAsyncClient) -> None:
        await add(connection, "00001")
        raise ValueError("cannot digest this")

    with pytest.raises(ValueError, match="digest"):
        await in_one_go(work)
    assert await codes() == []
    async with transaction() as connection:
        await add(connection, "00002")
    assert await codes() == ["00002"]


async def test_broken_constraint_is_told_as_the_models_tell_it(database: Settings) -> None:
    async def work(connection: BaseDBAsyncClient) -> None:
        for _ in range(2):
            await add(connection, "00001")

    with pytest.raises(IntegrityError):
        await in_one_go(work)
    assert await codes() == []


async def test_part_that_fails_in_a_savepoint_leaves_the_rest(database: Settings) -> None:
    async def work(connection: BaseDBAsyncClient) -> None:
        await add(connection, "00001")
        with contextlib.suppress(IntegrityError):
            async with connection._in_transaction() as inner:
                await add(inner, "00002")
                await add(inner, "00001")

    await in_one_go(work)
    assert await codes() == ["00001"]


async def test_many_at_once_and_others_between_keep_out_of_each_others_way(
    database: Settings,
) -> None:
    async def one(at: int) -> None:
        async def work(connection: BaseDBAsyncClient) -> None:
            await add(connection, f"{at:05}")
            if at % 5 == 0:
                raise ValueError

        if at % 3:
            with pytest.raises(ValueError) if at % 5 == 0 else contextlib.nullcontext():
                await in_one_go(work)
        else:
            async with transaction() as connection:
                await add(connection, f"{at:05}")

    await asyncio.gather(*(one(at) for at in range(1, 31)))
    assert await codes() == [f"{at:05}" for at in range(1, 31) if at % 3 == 0 or at % 5]


async def test_work_whose_asker_has_gone_still_ends(database: Settings) -> None:
    async def work(connection: BaseDBAsyncClient) -> None:
        for at in range(200):
            await add(connection, f"{at:05}")

    assert await codes() == []
    asked = asyncio.create_task(in_one_go(work))
    await asyncio.sleep(0.001)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    async with transaction() as connection:
        await add(connection, "99999")
    # Whole or not at all.
    assert len(await codes()) in (1, 201)


async def test_work_that_waits_for_something_else_is_refused_where_it_would_hold_a_thread(
    database: Settings,
) -> None:
    async def work(connection: BaseDBAsyncClient) -> None:
        await add(connection, "00001")
        await asyncio.sleep(0)

    # PostgreSQL gets an ordinary transaction, which may wait.
    refused = pytest.raises(RuntimeError, match="waited")
    with contextlib.nullcontext() if ON_POSTGRESQL else refused:
        await in_one_go(work)
    assert await codes() == (["00001"] if ON_POSTGRESQL else [])
