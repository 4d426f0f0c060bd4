"""Every route with every role, with no role, from another commune and without login."""

import re
import uuid

from starlette.routing import BaseRoute, Mount, Route

from server import app
from server.clock import FixedClock
from server.dossiers.models import Dossier, DossierPage
from server.identity.models import Device, Person
from server.settings import read
from tests.support.access import ACTORS, ANYONE, ROWS, SIGNED_IN, Row
from tests.support.application import START, Running
from tests.support.mutations import PROCEDURE, Photo, envelope, publish, submission
from tests.support.people import make_communes, make_person, services_in, sign_in
from tests.support.phones import Phone

# What tells somebody that they are turned away; any other answer came from further inside.
TURNED_AWAY = {"sign-in-required", "not-allowed", "dossier-unknown", "origin-forbidden"}
# The phone app's pages and files, the same for everybody and without anything of anybody.
CLIENT = {"screen", "preview", "file"}


def served(routes: list[BaseRoute], prefix: str = "") -> set[tuple[str, str]]:
    """Every method and path of the table; what Starlette adds by itself is left out."""
    found: set[tuple[str, str]] = set()
    for route in routes:
        if isinstance(route, Mount):
            found |= served(list(route.routes or []), prefix + route.path)
        elif not isinstance(route, Route):
            found.add(("?", prefix + str(getattr(route, "path", route))))
        elif route.name not in CLIENT:
            methods = set(route.methods or {"GET"})
            if "GET" in methods:
                methods -= {"HEAD"}
            found |= {(method, prefix + route.path) for method in methods}
    return found


def test_every_route_has_its_row() -> None:
    routes = served(app.routes(read({"HOSO_CLIENT": "/nowhere"})))
    rows = {(row.method, row.path) for row in ROWS}
    assert sorted(routes - rows) == [], "say in tests/support/access.py who may call these"
    assert sorted(rows - routes) == [], "these rows of tests/support/access.py have no route"


def test_rows_name_known_callers() -> None:
    assert {actor for row in ROWS for actor in row.allowed} <= ANYONE
    assert set(ACTORS) == SIGNED_IN


async def world(server: Running) -> tuple[dict[str, Person], dict[str, str]]:
    """The people, and what stands in addresses: a dossier with a page, a held envelope, a phone."""
    await make_communes()
    await publish()
    people = {
        name: await make_person(name, role, commune, f"Lò Thị {name}")
        for name, (role, commune) in ACTORS.items()
    }
    keys, phone, stranger = services_in(server).keyring, Phone(), Phone()
    filed, held = submission(Photo("/data/giay_to/chung_sinh")), submission()
    photo = Photo("/data/giay_to/chung_sinh")
    second = submission(photo, dossier=filed["dossier"])
    sealed = [
        envelope(keys, phone, filed),
        envelope(keys, stranger, held),
        envelope(keys, phone, second),
    ]
    body = {"v": 1, "language": "vi", "envelopes": sealed, "device": phone.claim("none")}
    async with server.browser() as browser:
        reply = (await browser.post("/sync", json=body)).json()
    assert [one["verdict"] for one in reply["verdicts"]] == ["applied", "held", "held"]
    await Dossier.filter(id=filed["dossier"]).update(assignee_id=people["specialist"].id)
    mine = Phone()
    await Device.create(
        id=mine.id, point=mine.point, person_id=people["officer"].id, registered_at=START
    )
    values = {
        "dossier": filed["dossier"],
        "other": filed["dossier"],
        "page": str((await DossierPage.get(dossier_id=filed["dossier"])).id),
        "mutation": held["id"],
        "second": second["id"],
        "second_page": photo.name,
        "device": mine.id,
        "code": PROCEDURE,
        "dossier_code": (await Dossier.get()).code,
        "digest": "0" * 64,
        **dict.fromkeys(("token", "login", "passkey", "request", "upload"), "x"),
        "id": str(uuid.uuid4()),
        "person": str((await make_person("mot-can-bo", "officer")).id),
        "specialist": str(people["specialist"].id),
    }
    return people, values


def in_place(text: str, values: dict[str, str]) -> str:
    """A path or a field with its `{names}` filled in."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: values[found[1]], text)


async def is_let_in(
    server: Running, row: Row, person: Person | None, values: dict[str, str]
) -> bool:
    """Whether the call got past the question who is asking."""
    address = in_place(row.path, values)
    form = {name: in_place(value, values) for name, value in (row.form or {}).items()}
    async with server.browser(Accept="application/json") as browser:
        if person is not None:
            await sign_in(services_in(server), browser, person)
        answer = await browser.request(row.method, address, json=row.json, data=form or None)
    assert answer.status_code < 500, f"{row.name}: {answer.text}"
    if row.method == "HEAD":
        return answer.status_code not in (401, 403)
    if answer.headers.get("content-type", "") == "application/problem+json":
        return answer.json()["code"] not in TURNED_AWAY
    is_sent_away = answer.headers.get("location", "").startswith("/desk/sign-in")
    return not (is_sent_away and row.method == "GET")


async def test_each_route_lets_in_whom_its_row_names_and_nobody_else(
    server: Running, clock: FixedClock
) -> None:
    people, values = await world(server)
    wrong = []
    for row in ROWS:
        filled = {**values, **{name: in_place(at, values) for name, at in row.filled.items()}}
        for actor in sorted(ANYONE):
            let_in = await is_let_in(server, row, people.get(actor), filled)
            if let_in != (actor in row.allowed):
                wrong.append(f"{row.name}: {actor} is {'let in' if let_in else 'turned away'}")
    assert wrong == []
