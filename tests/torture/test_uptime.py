"""Patience by tries: a server that is down costs none, one that never does its part ends them."""

import asyncio

from .uptime import TRIES, Uptime


async def test_tries_end_when_a_server_that_runs_never_does_its_part() -> None:
    assert [number async for number in Uptime().tries()] == list(range(TRIES))


async def test_tries_wait_for_the_server_and_those_it_died_under_do_not_count() -> None:
    uptime, seen = Uptime(), 0
    async for number in uptime.tries():
        seen = number
        if number < 50:
            uptime.end()
            asyncio.get_running_loop().call_later(0.001, uptime.begin)
    assert seen == TRIES + 49
