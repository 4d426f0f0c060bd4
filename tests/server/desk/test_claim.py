"""A code for the applicant's own phone, made while they stand at the desk."""

import re

from server.events import Event
from tests.support.people import Y_TY

from .conftest import Hall, words_of


async def test_clerk_makes_a_code_that_is_shown_once(hall: Hall) -> None:
    dossier = await hall.file()
    clerk = await hall.at("clerk")
    url = f"/desk/dossiers/{dossier.id}"
    assert "Cấp mã mở hồ sơ trên máy khác" in words_of(await clerk.get(url))
    made = await clerk.post(f"{url}/claim-code")
    assert dossier.code in made.text
    (code,) = re.findall(r"<strong>(\d{6})</strong>", made.text)
    assert code not in (await clerk.get(url)).text
    event = await Event.get(name="dossier.claim_offered")
    assert (event.dossier_id, event.actor_name) == (dossier.id, "Lò Thị Clerk")


async def test_only_a_clerk_of_the_commune_makes_one(hall: Hall) -> None:
    dossier = await hall.file()
    url = f"/desk/dossiers/{dossier.id}"
    for role, commune, status in (("specialist", None, 403), ("clerk", Y_TY, 404)):
        browser = await hall.at(role, *([commune] if commune else []))
        assert (await browser.post(f"{url}/claim-code")).status_code == status
    approver = await hall.at("approver")
    assert "Cấp mã mở hồ sơ" not in words_of(await approver.get(url))
