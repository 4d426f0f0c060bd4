"""The list: what is in it, for whom, and how it is narrowed."""

from datetime import timedelta

from server.clock import FixedClock
from tests.support.people import Y_TY

from .conftest import Hall, words_of


async def test_the_list_shows_who_filed_what_and_when(hall: Hall) -> None:
    dossier = await hall.file()
    text = words_of(await (await hall.at("clerk")).get("/desk/dossiers"))
    assert "Giàng A Thử" in text
    assert dossier.code in text
    assert "09:00 23/11/2026" in text


async def test_another_commune_has_an_empty_list(hall: Hall) -> None:
    await hall.file()
    text = words_of(await (await hall.at("clerk", Y_TY)).get("/desk/dossiers"))
    assert "Giàng A Thử" not in text
    assert "Chưa có hồ sơ nào ở đây" in text


async def test_a_name_is_found_without_its_marks(hall: Hall) -> None:
    await hall.file()
    clerk = await hall.at("clerk")
    found = await clerk.get("/desk/dossiers", params={"search": "giang a thu"})
    nothing = await clerk.get("/desk/dossiers", params={"search": "không ai"})
    assert "Giàng A Thử" in words_of(found)
    assert "Không thấy hồ sơ nào khớp" in words_of(nothing)


async def test_a_dossier_is_soon_due_and_then_late(hall: Hall, clock: FixedClock) -> None:
    dossier = await hall.file()
    await hall.act("clerk", dossier, "receive")
    clock.move(timedelta(days=4))
    soon = words_of(await (await hall.anew("clerk")).get("/desk/dossiers?view=soon"))
    clock.move(timedelta(days=4))
    late = words_of(await (await hall.anew("clerk")).get("/desk/dossiers?view=late"))
    assert "30/11/2026" in soon
    assert "Còn 1 ngày làm việc" in soon
    assert "Quá hạn 1 ngày" in late


async def test_unknown_views_and_pages_show_the_default(hall: Hall) -> None:
    await hall.file()
    clerk = await hall.at("clerk")
    for query in ("view=x", "state=x", "page=x", "page=-1", "page=99999"):
        assert (await clerk.get(f"/desk/dossiers?{query}")).status_code == 200
