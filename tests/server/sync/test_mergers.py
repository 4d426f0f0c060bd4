"""A commune that becomes part of another: everything goes over, people work on."""

import uuid

import pytest

from server.dossiers.models import Dossier
from server.errors import Problem
from server.events import SYSTEM, Event
from server.identity.backend import roles_of
from server.identity.models import Appointment, Commune
from server.sync.mergers import merge
from tests.support.application import START
from tests.support.mutations import submission
from tests.support.people import BAT_XAT, Y_TY, make_person, sign_in
from tests.support.phones import Phone

from .conftest import Post


async def test_dossiers_and_roles_go_over_and_the_clerk_works_on(post: Post, phone: Phone) -> None:
    payload = submission()
    await post.send(phone, payload)
    clerk = await make_person()
    both = await make_person("ca-hai", "specialist", BAT_XAT)
    await Appointment.create(id=uuid.uuid4(), person=both, role="specialist", commune_code=Y_TY)
    assert await merge(BAT_XAT, Y_TY, SYSTEM, START) == 1
    assert await merge(BAT_XAT, Y_TY, SYSTEM, START) == 0
    assert [(one.role, one.commune) for one in await roles_of(clerk)] == [("clerk", Y_TY)]
    assert [(one.role, one.commune) for one in await roles_of(both)] == [("specialist", Y_TY)]
    await sign_in(post.services, post.browser, clerk)
    assert (await post.browser.get(f"/desk/dossiers/{payload['dossier']}")).status_code == 200
    assert (await Dossier.get()).commune_code == Y_TY
    told = await Event.filter(name="commune.merged").order_by("seq")
    assert [one.data["dossiers"] for one in told] == [1, 0]


async def test_new_dossier_for_the_old_commune_is_told_to_choose_again(
    post: Post, phone: Phone
) -> None:
    await merge(BAT_XAT, Y_TY, SYSTEM, START)
    (verdict,) = await post.send(phone, submission())
    assert verdict["verdict"] == "refused"
    assert verdict["problem"]["code"] == "commune-unknown"
    assert "chọn lại nơi nhận hồ sơ" in verdict["problem"]["vi"]


@pytest.mark.parametrize(("old", "new"), [(BAT_XAT, BAT_XAT), (BAT_XAT, "99999"), ("99999", Y_TY)])
async def test_commune_that_is_not_served_is_not_merged(post: Post, old: str, new: str) -> None:
    with pytest.raises(Problem, match="commune-unknown"):
        await merge(old, new, SYSTEM, START)
    assert await Commune.filter(is_open=True).count() == 2
