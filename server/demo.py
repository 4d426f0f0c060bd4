"""The demonstration: one commune with its people, a second one to see the limits, the procedures.

May run again at any time: what is there stays, only the one-time codes and links are fresh. All
people are invented, and the agency codes are placeholders: real ones come from the register of
agencies of the national dossier exchange.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .forms.actions import publish_folder
from .identity import codes, enrolments, people
from .identity.models import Person
from .identity.permissions import Role
from .identity.units import find_commune
from .keyring import open_keyring
from .settings import ROOT, Settings

PROCEDURES = ROOT / "pwa" / "forms" / "procedures"
# Code of the commune → agency code (a placeholder, see above).
COMMUNES = {"02683": "H38.02683", "02701": "H38.02701"}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One invented person; `title` is the office as it reads in Vietnamese."""

    account: str
    name: str
    title: str
    role: str
    commune: str


PEOPLE = (
    DemoPerson("can-bo-thon", "Giàng A Thử", "Cán bộ thôn", "officer", "02683"),
    DemoPerson("mot-cua", "Lò Thị Mẫu", "Công chức một cửa", "clerk", "02683"),
    DemoPerson("chuyen-vien", "Vàng Văn Ví Dụ", "Chuyên viên", "specialist", "02683"),
    DemoPerson("lanh-dao", "Hoàng Thị Thí Nghiệm", "Lãnh đạo", "approver", "02683"),
    DemoPerson("quan-tri", "Trần Quản Trị Thử", "Quản trị", "administrator", ""),
    DemoPerson("can-bo-thon-y-ty", "Phà Mẫu Suy", "Cán bộ thôn (Y Tý)", "officer", "02701"),
    DemoPerson("mot-cua-y-ty", "Sần Thị Ví Dụ", "Công chức một cửa (Y Tý)", "clerk", "02701"),
)


async def prepare_demonstration(
    settings: Settings, now: datetime, tell: Callable[[str], None]
) -> None:
    """Make what is missing in the open database, then tell where to open it and how to sign in."""
    for code, agency in COMMUNES.items():
        unit = find_commune(code)
        await people.serve_commune(
            unit.code, unit.name, unit.province_code, unit.province_name, agency, now
        )
        tell(f"Commune     {unit.name}, {unit.province_name}")
    for folder in sorted(path for path in PROCEDURES.iterdir() if path.is_dir()):
        published = await publish_folder(folder, now)
        tell(f"Procedure   {published}")
    secret = open_keyring(settings.keys).secret
    tell("")
    tell(f"Phone app   {settings.origin}/")
    tell(f"Desk        {settings.origin}/desk")
    tell("")
    tell("Sign in with the account and its code (10 minutes, once), or open the link to add a")
    tell("passkey. Codes asked for later appear in this terminal while the server runs in it.")
    for invented in PEOPLE:
        roles = [Role(invented.role, invented.commune)]
        person, _ = await people.add(invented.account, invented.name, roles, now)
        await _tell_way_in(settings, secret, person, invented.title, now, tell)
    tell("")


async def _tell_way_in(
    settings: Settings,
    secret: bytes,
    person: Person,
    title: str,
    now: datetime,
    tell: Callable[[str], None],
) -> None:
    code = await codes.issue(secret, person, now)
    token = await enrolments.create(person, now)
    tell("")
    tell(f"{person.account:18} code {code}   {person.name}, {title}")
    tell(f"{'':18} {settings.origin}/enrol/{token}")
