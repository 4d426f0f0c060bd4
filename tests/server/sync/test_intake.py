"""Group commit: results only after the work, bounded, drained, one round at a time."""

import asyncio
from collections.abc import Sequence

import pytest

from server.errors import Problem
from server.sync.intake import Intake, taking_in


class Press:
    """Work that waits until it is let go; keeps the rounds it was given."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.gate = asyncio.Event()

    async def __call__(self, items: Sequence[int]) -> list[int]:
        self.rounds.append(list(items))
        await self.gate.wait()
        if 13 in items:
            raise OSError("disk full")
        return [item * 2 for item in items]


async def pause() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_gathers_during_a_round_shares_the_next_one() -> None:
    press = Press()
    async with taking_in(Intake(press, most=3)) as intake:
        first = asyncio.create_task(intake.put([1]))
        await pause()
        later = [asyncio.create_task(intake.put([item])) for item in (2, 3, 4, 5)]
        await pause()
        assert press.rounds == [[1]]
        assert not first.done()
        press.gate.set()
        assert await first == [2]
        assert [await one for one in later] == [[4], [6], [8], [10]]
    assert press.rounds == [[1], [2, 3, 4], [5]]


async def test_round_waits_a_moment_for_those_whose_letters_are_being_opened() -> None:
    press = Press()
    press.gate.set()
    async with taking_in(Intake(press)) as intake:
        with intake.room(1, 10), intake.room(1, 10):
            first = asyncio.create_task(intake.put([1]))
            await pause()
            assert press.rounds == []
            assert await intake.put([2]) == [4]
            assert await first == [2]
    assert press.rounds == [[1, 2]]


async def test_round_begins_once_who_was_awaited_has_left() -> None:
    press = Press()
    press.gate.set()
    async with taking_in(Intake(press)) as intake:
        with intake.room(1, 10):
            with intake.room(1, 10):
                first = asyncio.create_task(intake.put([1]))
                await pause()
                assert press.rounds == []
            await pause()
            assert first.done()


async def test_round_waits_for_nobody_for_long() -> None:
    press = Press()
    press.gate.set()
    async with taking_in(Intake(press)) as intake:
        with intake.room(1, 10), intake.room(1, 10):
            assert await asyncio.wait_for(intake.put([1]), 5) == [2]


async def test_results_come_back_in_the_order_of_the_items() -> None:
    press = Press()
    press.gate.set()
    async with taking_in(Intake(press)) as intake:
        assert await intake.put([3, 1, 2]) == [6, 2, 4]
        assert await intake.put([]) == []


async def test_fault_of_a_round_reaches_all_in_it_and_nobody_after() -> None:
    press = Press()
    async with taking_in(Intake(press)) as intake:
        two = [asyncio.create_task(intake.put([item])) for item in (1, 13)]
        await pause()
        press.gate.set()
        failed = await asyncio.gather(*two, return_exceptions=True)
        assert [type(one) for one in failed] == [OSError, OSError]
        assert await intake.put([4]) == [8]


async def test_full_intake_answers_busy_with_a_time_to_come_back() -> None:
    intake = Intake(Press(), room=3, room_bytes=100)
    with intake.room(2, 10):
        with pytest.raises(Problem) as problem, intake.room(2, 10):
            pass
        assert (problem.value.code, problem.value.status) == ("server-busy", 503)
        assert int(problem.value.headers["Retry-After"]) > 0
        with pytest.raises(Problem, match="server-busy"), intake.room(1, 91):
            pass
        with intake.room(1, 90):
            pass
    with intake.room(3, 100):
        pass


async def test_request_larger_than_all_room_gets_in_when_it_is_alone() -> None:
    intake = Intake(Press(), room=3)
    with intake.room(50, 1):
        with pytest.raises(Problem, match="server-busy"), intake.room(1, 1):
            pass
    with intake.room(1, 1):
        pass


async def test_stopping_finishes_what_waits() -> None:
    press = Press()
    async with taking_in(Intake(press, most=1)) as intake:
        waiting = [asyncio.create_task(intake.put([item])) for item in (1, 2, 3)]
        await pause()
        intake.stop()
        press.gate.set()
    assert [await one for one in waiting] == [[2], [4], [6]]


async def test_one_who_leaves_does_not_disturb_the_others() -> None:
    press = Press()
    async with taking_in(Intake(press)) as intake:
        gone, stays = (asyncio.create_task(intake.put([item])) for item in (1, 2))
        await pause()
        gone.cancel()
        press.gate.set()
        assert await stays == [4]
    assert press.rounds == [[1, 2]]
