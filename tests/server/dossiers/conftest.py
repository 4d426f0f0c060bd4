"""A commune with its staff and a published form, in the test's database."""

import pytest

from server.services import Services
from server.settings import Settings
from tests.support.desks import Staff, staff_of
from tests.support.mutations import publish
from tests.support.people import make_communes


@pytest.fixture
async def staff(database: Settings, services: Services) -> Staff:
    await make_communes()
    await publish()
    return staff_of(services)
