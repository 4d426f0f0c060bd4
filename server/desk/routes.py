"""The desk's addresses. A route parses, asks one action or query, and answers with a page."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from . import (
    audit,
    beside,
    claim,
    dossier,
    entrance,
    forms_list,
    forms_upload,
    held,
    people,
    person,
    procedures,
    rescue,
    rights,
    slip,
    supplement,
    two_versions,
    worklist,
)

ONE = "/desk/dossiers/{dossier}"

routes: list[BaseRoute] = [
    *entrance.routes,
    *people.routes,
    *person.routes,
    *rights.routes,
    *rescue.routes,
    *forms_list.routes,
    *forms_upload.routes,
    Route("/desk/dossiers", worklist.show, methods=["GET"]),
    Route(ONE, dossier.show, methods=["GET"]),
    Route(f"{ONE}/pages/{{page}}", dossier.show_page, methods=["GET"]),
    Route(f"{ONE}/beside/{{other}}", beside.show, methods=["GET"]),
    Route(f"{ONE}/conflicts/{{mutation}}", beside.show_conflict, methods=["GET"]),
    Route(f"{ONE}/slip", slip.show, methods=["GET"]),
    Route(f"{ONE}/supplement", supplement.show, methods=["GET"]),
    Route(f"{ONE}/supplement", supplement.ask, methods=["POST"]),
    Route(f"{ONE}/claim-code", claim.make, methods=["POST"]),
    Route(f"{ONE}/{{verb}}", dossier.act, methods=["POST"]),
    Route("/desk/audit", audit.show, methods=["GET"]),
    Route("/desk/audit", audit.show_citizen, methods=["POST"]),
    Route("/desk/held", held.show, methods=["GET"]),
    Route("/desk/held/{mutation}", two_versions.show, methods=["GET"]),
    Route("/desk/held/{mutation}", held.decide, methods=["POST"]),
    Route("/desk/held/{mutation}/pages/{page}", two_versions.show_page, methods=["GET"]),
    Route("/desk/procedures", procedures.show, methods=["GET"]),
    Route("/desk/procedures/{code}", procedures.set_open, methods=["POST"]),
]
