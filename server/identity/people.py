"""People, their roles and the communes served: what an administrator keeps in order."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from .. import events
from ..database import transaction
from ..errors import Problem
from . import logins
from .models import Appointment, Commune, Person
from .permissions import ROLES, Role

_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


async def add(
    account: str,
    name: str,
    roles: list[Role],
    now: datetime,
    actor: events.Actor = events.SYSTEM,
    phone: str | None = None,
    email: str | None = None,
) -> tuple[Person, bool]:
    """The person of `account`, and whether they are new. One known gets the roles they lack.

    Raises `account-invalid`, `role-unknown`, `commune-unknown`.
    """
    if not _ACCOUNT.fullmatch(account):
        raise Problem("account-invalid", {"account": account})
    for held in roles:
        if held.role not in ROLES:
            raise Problem("role-unknown", {"role": held.role, "roles": ", ".join(ROLES)})
        if held.commune and not await Commune.exists(code=held.commune):
            raise Problem("commune-unknown", {"commune": held.commune})
    async with transaction() as connection:
        person = await Person.get_or_none(account=account, using_db=connection)
        is_new = person is None
        if person is None:
            person = await Person.create(
                id=uuid.uuid4(),
                account=account,
                name=name.strip(),
                phone=phone,
                email=email,
                created_at=now,
                using_db=connection,
            )
            await events.append(
                connection, "person.added", actor, now, data={"person": str(person.id)}
            )
        for held in roles:
            await _appoint(connection, person, held, now, actor)
    return person, is_new


async def _appoint(
    connection: BaseDBAsyncClient,
    person: Person,
    held: Role,
    now: datetime,
    actor: events.Actor,
) -> None:
    if await Appointment.exists(
        person_id=person.id, role=held.role, commune_code=held.commune, using_db=connection
    ):
        return
    await Appointment.create(
        id=uuid.uuid4(),
        person_id=person.id,
        role=held.role,
        commune_code=held.commune,
        using_db=connection,
    )
    await events.append(
        connection,
        "person.appointed",
        actor,
        now,
        commune_code=held.commune or None,
        data={"person": str(person.id), "role": held.role},
    )


async def deactivate(person: Person, actor: events.Actor, now: datetime) -> None:
    """Close an account: its logins end at once, its past acts keep its name."""
    async with transaction() as connection:
        changed = (
            await Person.filter(id=person.id, is_active=True)
            .using_db(connection)
            .update(is_active=False)
        )
        await logins.end_all(connection, person.id, now)
        if changed:
            await events.append(
                connection, "person.deactivated", actor, now, data={"person": str(person.id)}
            )


async def reactivate(person: Person, actor: events.Actor, now: datetime) -> None:
    """Open a closed account again; its keys, devices and roles are what they were."""
    async with transaction() as connection:
        closed = Person.filter(id=person.id, is_active=False).using_db(connection)
        if await closed.update(is_active=True):
            await events.append(
                connection, "person.reactivated", actor, now, data={"person": str(person.id)}
            )


async def dismiss(person: Person, held: Role, actor: events.Actor, now: datetime) -> None:
    """Take one role away; it counts from the next request on. One not held changes nothing."""
    async with transaction() as connection:
        there = Appointment.filter(
            person_id=person.id, role=held.role, commune_code=held.commune
        ).using_db(connection)
        if await there.delete():
            await events.append(
                connection,
                "person.dismissed",
                actor,
                now,
                commune_code=held.commune or None,
                data={"person": str(person.id), "role": held.role},
            )


async def by_account(account: str) -> Person:
    """The person of an account. Raises `person-unknown`."""
    person = await Person.get_or_none(account=account)
    if person is None:
        raise Problem("person-unknown", {"account": account})
    return person


async def serve_commune(
    code: str,
    name: str,
    province_code: str,
    province_name: str,
    agency_code: str,
    now: datetime,
    actor: events.Actor = events.SYSTEM,
) -> bool:
    """Serve a commune here. Whether it is new; one known stays as it is."""
    async with transaction() as connection:
        if await Commune.exists(code=code, using_db=connection):
            return False
        await Commune.create(
            code=code,
            name=name,
            province_code=province_code,
            province_name=province_name,
            agency_code=agency_code,
            using_db=connection,
        )
        await events.append(connection, "commune.served", actor, now, commune_code=code)
        return True
