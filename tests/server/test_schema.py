"""The interface called as `/openapi.json` describes it, by every role and by nobody.

Schemathesis makes the calls from the description, good and bad ones; each is made by everybody in
turn. No answer is a 5xx, and status, media type and body are among those the description states.
HOSO_SCHEMA_CASES sets how many calls an operation gets (6).
"""

import asyncio
import os
from typing import Any

import httpx2
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import (
    FailureGroup,
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from server.interface import openapi
from tests.support.access import ACTORS
from tests.support.application import ORIGIN, Running
from tests.support.people import services_in, sign_in

from .test_access import world

CASES = int(os.environ.get("HOSO_SCHEMA_CASES", "6"))
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# One of each kind: those of the other commune hold the same roles.
CALLERS = [None, *(name for name in ACTORS if not name.endswith("-y-ty")), "clerk-y-ty"]


async def called(browser: httpx2.AsyncClient, case: Any) -> httpx2.Response:
    """The call that schemathesis made up."""
    told = case.as_transport_kwargs(base_url=ORIGIN)
    headers = {**dict(told.get("headers") or {}), "Accept": "application/json", "Origin": ORIGIN}
    sent = {name: told[name] for name in ("params", "json", "data", "content") if name in told}
    if isinstance(sent.get("data"), (bytes, str)):
        sent["content"] = sent.pop("data")
    headers = {name: value for name, value in headers.items() if value is not None}
    return await browser.request(told["method"], told["url"], headers=headers, **sent)


async def test_answers_are_what_the_description_says_whoever_asks(server: Running) -> None:
    people, values = await world(server)
    loop, tried = asyncio.get_running_loop(), []
    schema = schemathesis.openapi.from_dict(openapi(server.app.routes))

    async def by_everybody(case: Any) -> None:
        for caller in CALLERS:
            async with server.browser() as browser:
                if caller is not None:
                    await sign_in(services_in(server), browser, people[caller])
                answer = await called(browser, case)
                case.validate_response(answer, checks=CHECKS)
                tried.append(answer.status_code)

    def try_operation(one: Any, mode: GenerationMode) -> None:
        @settings(
            max_examples=max(CASES // 2, 1),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(one.as_strategy(generation_mode=mode), st.booleans())
        def each(case: Any, is_filled: bool) -> None:
            for name in case.path_parameters or {}:
                if is_filled and name in values:
                    case.path_parameters[name] = values[name]
            asyncio.run_coroutine_threadsafe(by_everybody(case), loop).result(60)

        each()

    operations = [found.ok() for found in schema.get_all_operations()]
    faults = []
    for one in operations:
        for mode in GenerationMode:
            try:
                await asyncio.to_thread(try_operation, one, mode)
            except FailureGroup as found:
                told = sorted({str(failure).partition("\n\n")[0] for failure in found.exceptions})
                faults += [f"{one.method} {one.path}: {failure}" for failure in told]
            except Unsatisfiable:
                # Nothing about a call without parameters can be wrong.
                assert mode is GenerationMode.NEGATIVE
    assert not faults, "\n".join(faults)
    assert len(tried) > len(operations) * len(CALLERS)
    assert {200, 204, 400, 401, 403, 404} <= set(tried)
