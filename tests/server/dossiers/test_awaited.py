"""Pages that never come: the phone is told after the set time, once for each naming."""

from datetime import timedelta

from server.attachments.models import ExpectedPage
from server.clock import FixedClock
from server.dossiers.awaited import tell_of_awaited
from server.dossiers.models import Dossier, DossierPage
from server.events import Event
from server.jobs import JOBS
from server.settings import Settings
from tests.support.application import START
from tests.support.dossiers import make_dossier
from tests.support.mutations import Photo

DAY = timedelta(days=1)
PATIENCE = timedelta(days=3)


async def waiting(*, named_at: int = 0) -> Dossier:
    """A dossier that waits for one page, named so many days after the start."""
    dossier = await make_dossier()
    await name(dossier, named_at)
    return dossier


async def name(dossier: Dossier, day: int) -> Photo:
    photo = Photo("/data/giay_to/chung_sinh")
    named = photo.named
    await DossierPage.create(
        id=photo.name[:36],
        dossier=dossier,
        key=b"k",
        name=photo.name,
        path=photo.path,
        media_type=named["type"],
        size=named["size"],
        digest=photo.digest,
        length=named["length"],
    )
    at = START + day * DAY
    await ExpectedPage.create(digest=photo.digest, length=named["length"], named_at=at)
    return photo


async def told() -> list[str]:
    events = await Event.filter(name="dossier.pages_awaited").order_by("seq")
    return [str(event.dossier_id) for event in events]


async def test_phone_is_told_once_after_the_set_time(database: Settings) -> None:
    dossier = await waiting()
    await tell_of_awaited(START + PATIENCE, PATIENCE)
    assert await told() == []
    for hours in (1, 2, 30):
        await tell_of_awaited(START + PATIENCE + timedelta(hours=hours), PATIENCE)
    assert await told() == [str(dossier.id)]
    event = await Event.get(name="dossier.pages_awaited")
    assert event.data == {"received": 0, "total": 1}
    assert (await Dossier.get(id=dossier.id)).last_seq == event.seq


async def test_pages_named_later_are_told_of_by_themselves(database: Settings) -> None:
    dossier = await waiting()
    await tell_of_awaited(START + 4 * DAY, PATIENCE)
    await name(dossier, 10)
    await tell_of_awaited(START + 12 * DAY, PATIENCE)
    assert len(await told()) == 1
    await tell_of_awaited(START + 14 * DAY, PATIENCE)
    assert len(await told()) == 2


async def test_what_came_was_replaced_or_is_over_is_not_told(database: Settings) -> None:
    for column in ("received_at", "replaced_at"):
        dossier = await waiting()
        await DossierPage.filter(dossier_id=dossier.id).update(**{column: START})
    over = await waiting()
    await Dossier.filter(id=over.id).update(closed_at=START, state="stopped")
    assert await tell_of_awaited(START + 9 * DAY, PATIENCE) == 0


def test_it_is_pushed(clock: FixedClock) -> None:
    assert JOBS["dossier.pages_awaited"]
