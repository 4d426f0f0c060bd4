"""The open dossiers that a newer version of their form finds."""

import uuid
from typing import Any

from server.dossiers.live import open_filings
from server.dossiers.models import Supplement
from server.settings import Settings
from tests.support.application import START
from tests.support.dossiers import make_dossier

OLD, NEW = "a" * 64, "b" * 64
ANSWERS = {"ho_ten": "Lò Thị Mẫu"}


async def supplement(dossier: uuid.UUID, **chosen: Any) -> None:
    columns: dict[str, Any] = {"sentence": "Chụp lại giúp.", "returns_state": "received"}
    items = [{"path": "/data/ho_ten", "kind": "question"}]
    await Supplement.create(
        **columns,
        id=uuid.uuid4(),
        dossier_id=dossier,
        asked_by=uuid.uuid4(),
        **{"asked_at": START, "items": items, **chosen},
    )


async def test_open_dossiers_on_older_versions_come_with_what_is_asked_again(
    database: Settings,
) -> None:
    waiting = await make_dossier(form_digest=OLD, state="supplement", answers=ANSWERS)
    await supplement(waiting.id)
    await supplement(waiting.id, answered_at=START, items=[{"path": "/data/x", "kind": "page"}])
    await make_dossier(form_digest=OLD, state="returned")
    await make_dossier(form_digest=NEW)
    await make_dossier(form_digest=OLD, procedure_code="9.9")
    (found,) = await open_filings(["1.001193"], NEW)
    assert (found.form, found.answers, found.asked) == (OLD, ANSWERS, ("/data/ho_ten",))
