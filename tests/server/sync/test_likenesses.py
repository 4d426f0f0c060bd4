"""Dossiers about the same child are found when they arrive, by whoever and wherever sent."""

from typing import Any

import pytest

from server.dossiers.likeness import alike
from server.dossiers.models import Dossier, Likeness
from server.events import Event, verify
from server.forms.models import Procedure
from tests.support.mutations import PROCEDURE, submission
from tests.support.people import Y_TY
from tests.support.phones import Phone

from .conftest import Post


@pytest.fixture
async def told(post: Post) -> Post:
    """A server whose procedure tells dossiers apart by name and birthday."""
    await Procedure.filter(code=PROCEDURE).update(sameness=[["/data/ho_ten", "/data/ngay_sinh"]])
    return post


def child(name: str = "Giàng A Thử", day: str = "2026-01-05", **changed: Any) -> dict[str, Any]:
    made = submission(**changed)
    made["answers"].update({"ho_ten": name, "ngay_sinh": day, "chao": f"Chào {name}"})
    return made


async def test_the_same_child_from_two_officers_is_told_on_both_timelines(told: Post) -> None:
    first, second = child(), child("giang a thu", commune=Y_TY)
    second["answers"]["_commune"] = Y_TY
    await told.send(Phone(), first)
    await told.send(Phone(), second)
    found = await Event.filter(name="dossier.found_alike").order_by("seq")
    assert [(str(e.dossier_id), e.data["alike"]) for e in found] == [
        (second["dossier"], first["dossier"]),
        (first["dossier"], second["dossier"]),
    ]
    assert [str(one.id) for one in await alike(found[0].dossier_id)] == [first["dossier"]]
    assert await verify() is None


async def test_both_in_one_request_are_found(told: Post) -> None:
    await told.send(Phone(), child(), child(), child("Lò Thị Mẫu"))
    assert await Event.filter(name="dossier.found_alike").count() == 2


async def test_what_tells_dossiers_apart_counts_as_it_is_when_they_are_filed(told: Post) -> None:
    await told.send(Phone(), child("Vàng Văn Ví Dụ"))
    await Procedure.filter(code=PROCEDURE).update(sameness=[["/data/ho_ten"]])
    await told.send(Phone(), child(day="2026-01-05"), child(day="2026-02-06"))
    assert await Event.filter(name="dossier.found_alike").count() == 2


async def test_the_citizen_is_told_nothing_of_it(told: Post) -> None:
    phone = Phone()
    await told.send(phone, child())
    await told.send(Phone(), child())
    (view,) = (await told.read(phone))["changes"]
    assert [entry["event"] for entry in view["timeline"]] == ["dossier.submitted"]


async def test_what_was_turned_down_may_be_filed_again(told: Post) -> None:
    first = child()
    await told.send(Phone(), first)
    await Dossier.filter(id=first["dossier"]).update(state="refused")
    second = child()
    await told.send(Phone(), second)
    assert not await Event.exists(name="dossier.found_alike")
    assert await alike((await Dossier.get(id=second["dossier"])).id) == []


async def test_the_database_holds_no_name_in_a_print(told: Post) -> None:
    await told.send(Phone(), child())
    (kept,) = await Likeness.all()
    assert len(kept.print) == 43
    assert "giang" not in kept.print.lower()
