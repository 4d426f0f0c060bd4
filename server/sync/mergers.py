"""Communes that are joined into another: as data, not as a new program.

When a commune is merged (as all were on 1 July 2025), its dossiers, held envelopes, requests and
people's roles go over to the new one, at once. Numbers and codes that people hold stay what they
are, the event log keeps the commune of its day, and new dossiers for the old one are refused with
the word to choose again.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from .. import events
from ..database import transaction
from ..dossiers.models import Dossier
from ..errors import Problem
from ..events import Actor
from ..identity.models import Appointment, Commune
from ..rights.models import DataRequest
from .models import Mutation


async def merge(old: str, new: str, actor: Actor, now: datetime) -> int:
    """Join the commune `old` into `new`; how many dossiers went over. Safe to repeat.

    Raises `commune-unknown` for one that is not served here, and for joining one into itself.
    """
    for code in (old, new):
        if old == new or not await Commune.exists(code=code):
            raise Problem("commune-unknown", {"commune": code})
    async with transaction() as connection:
        await Commune.filter(code=old).using_db(connection).update(is_open=False)
        moved = Dossier.filter(commune_code=old).using_db(connection)
        number = int(await moved.update(commune_code=new))
        for table in (Mutation, DataRequest):
            rows = table.filter(commune_code=old).using_db(connection)
            await rows.update(commune_code=new)
        there = Appointment.filter(commune_code=old).using_db(connection)
        held = await there.values_list("person_id", "role")
        fresh = [
            Appointment(id=uuid.uuid4(), person_id=person, role=role, commune_code=new)
            for person, role in held
        ]
        await Appointment.bulk_create(fresh, ignore_conflicts=True, using_db=connection)
        await Appointment.filter(commune_code=old).using_db(connection).delete()
        data = {"from": old, "dossiers": number, "roles": len(held)}
        await events.append(connection, "commune.merged", actor, now, commune_code=new, data=data)
    return number
