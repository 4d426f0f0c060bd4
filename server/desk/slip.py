"""Slip 01, “Giấy tiếp nhận hồ sơ và hẹn trả kết quả”, for printing on A5.

Its QR holds the address of `/verify` with a receipt signed by the agency over number and day of
reception, so that anybody can check the paper. Form 01 of Circular 01/2018/TT-VPCP; whether Decree
118/2025 renumbers it is not confirmed.
"""

from __future__ import annotations

import io
import uuid
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import Response

from ..audit import reads
from ..clock import iso, local
from ..dossiers import queries
from ..dossiers.models import Dossier
from ..errors import Problem
from ..events import Event
from ..forms.models import Procedure
from ..identity.models import Commune
from ..results import receipts
from ..services import Services, services_of
from .asking import at_desk, dossier_id, named
from .dossier import shown
from .rendering import page
from .wording import day, moment

OPENS = "07:30"


async def show(request: Request) -> Response:
    """The slip. Raises `transition-not-allowed` before reception."""
    desk = await at_desk(request)
    found = await queries.whole(desk, dossier_id(request))
    dossier = found.dossier
    await reads.record(desk.visitor, dossier, desk.now)
    received = next((step for step in found.steps if step.event == "dossier.received"), None)
    if received is None or dossier.received_at is None:
        raise Problem("transition-not-allowed", {"state": "Mới đăng ký"})
    procedure = await Procedure.get_or_none(code=dossier.procedure_code)
    about: dict[str, Any] = procedure.about if procedure else {}
    commune = await Commune.get(code=dossier.commune_code)
    at = local(dossier.received_at)
    whole = await shown(request, desk, found, "vi")
    counted: dict[str, int] = {}
    for one in whole["pages"]:
        counted[one["label"]] = counted.get(one["label"], 0) + 1
    return page(
        request,
        "slip.html",
        desk.visitor,
        {
            "dossier": whole,
            "slip": {
                "authority": f"UBND {commune.name}",
                "agency": services_of(request).settings.agency_name,
                "place_and_day": f"{_bare(commune.name)}, ngày {at:%d} tháng {at:%m} năm {at:%Y}",
                "procedure_code": dossier.procedure_code,
                "time_limit": _text(about, "timeLimit"),
                "fee": _text(about, "fee"),
                "received": moment(dossier.received_at),
                "due": f"{OPENS} {day(dossier.due_on)}" if dossier.due_on else "Sẽ báo sau",
                "papers": [{"label": label, "number": n} for label, n in counted.items()],
                "received_by": received.name,
                "qr": await _qr(services_of(request), dossier, received.seq),
            },
        },
        place=commune.name,
    )


def _bare(name: str) -> str:
    """`Xã Bát Xát` → `Bát Xát`, as a place is written before a date."""
    for kind in ("Xã ", "Phường ", "Đặc khu "):
        name = name.removeprefix(kind)
    return name


def _text(about: dict[str, Any], key: str) -> str:
    part = about.get(key)
    return named(part, "text", "vi") if isinstance(part, dict) else ""


async def _qr(services: Services, dossier: Dossier, seq: int) -> str:
    """The QR as SVG. Its receipt names the event of the reception, which the chain holds fast."""
    event = await Event.get(seq=seq)
    receipt = receipts.Receipt(
        iss=services.settings.origin,
        jti=str(uuid.uuid5(dossier.id, str(seq))),
        sub=str(dossier.id),
        iat=int(event.at.timestamp()),
        kind="dossier.received",
        verdict="received",
        digest=event.hash,
        pages=[],
        device="",
        at=iso(event.at),
        code=dossier.code,
        number=dossier.number,
    )
    token = receipts.issue(services.keyring.receipts, receipt)
    code = segno.make(f"{services.settings.origin}/verify?receipt={token}", error="l", micro=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2)
    return drawing.getvalue().decode()
