"""The HTTP interface described by itself: an OpenAPI document made from the route table.

A handler says what it takes and gives with `@operation`; the rest (path, methods, sentence) is read
from the route and the handler's docstring, so that the description cannot drift from the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.routing import BaseRoute, Mount, Route

from . import VERSION
from .errors import CATALOGUE

Handler = TypeVar("Handler", bound=Callable[..., Any])
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


@dataclass(frozen=True, slots=True)
class Operation:
    """What one handler takes and gives. Shapes are msgspec types; none means no body."""

    body: Any = None
    answer: Any = None
    status: int = 200
    problems: tuple[str, ...] = ()


def operation(
    *, body: Any = None, answer: Any = None, status: int = 200, problems: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """Note on a handler what it takes and gives, for the description of the interface."""
    for code in problems:
        if code not in CATALOGUE:
            raise KeyError(f"no problem “{code}” in the catalogue")

    def note(handler: Handler) -> Handler:
        handler.operation = Operation(body, answer, status, problems)  # type: ignore[attr-defined]
        return handler

    return note


@dataclass(frozen=True, slots=True)
class Entry:
    """One method of one described path."""

    path: str
    method: str
    summary: str
    operation: Operation


def entries(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[Entry]:
    """The described operations, in the order of the route table."""
    for route in routes:
        if isinstance(route, Mount):
            yield from entries(route.routes or [], prefix + route.path)
        if not isinstance(route, Route):
            continue
        noted = getattr(route.endpoint, "operation", None)
        if not isinstance(noted, Operation):
            continue
        summary = (route.endpoint.__doc__ or "").strip().partition("\n")[0]
        path = _PARAMETER.sub(r"{\1}", prefix + route.path)
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}) or ["HEAD"]:
            yield Entry(path, method, summary, noted)


def openapi(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the described operations."""
    found = list(entries(routes))
    shapes = [s for e in found for s in (e.operation.body, e.operation.answer) if s is not None]
    schemas, components = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    given = iter(schemas)
    paths: dict[str, dict[str, Any]] = {}
    for entry in found:
        body = next(given) if entry.operation.body is not None else None
        answer = next(given) if entry.operation.answer is not None else None
        paths.setdefault(entry.path, {})[entry.method.lower()] = _described(entry, body, answer)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hoso", "version": VERSION},
        "paths": paths,
        "components": {"schemas": {**components, "Problem": _PROBLEM}},
    }


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457; `vi` and `en` are the same sentence in both languages.",
    "required": ["type", "title", "status", "detail", "code", "vi", "en"],
    "properties": {
        "status": {"type": "integer"},
        **{key: {"type": "string"} for key in ("type", "title", "detail", "vi", "en")},
        "code": {"type": "string", "enum": sorted(CATALOGUE)},
    },
}


# What addresses answer that no handler names: the layers before them do.
_OF_ALL = ("server-busy",)
_OF_CHANGES = ("origin-forbidden", "request-malformed", "request-too-large")
_CHANGES = frozenset(("POST", "PUT", "PATCH", "DELETE"))


def _problems(entry: Entry) -> list[str]:
    """Codes that may be answered, each once, the handler's own first."""
    others = (*_OF_CHANGES, *_OF_ALL) if entry.method in _CHANGES else _OF_ALL
    return list(dict.fromkeys((*entry.operation.problems, *others)))


def _described(entry: Entry, body: Any, answer: Any) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "OK" if entry.operation.status == 200 else "Done"}
    if answer is not None:
        success["content"] = {"application/json": {"schema": answer}}
    responses: dict[str, Any] = {str(entry.operation.status): success}
    for code in _problems(entry):
        told = responses.setdefault(
            str(CATALOGUE[code].status),
            {
                "description": "",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        )
        told["description"] = f"{told['description']} {code}".strip()
    described: dict[str, Any] = {"summary": entry.summary, "responses": responses}
    if body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": body}},
        }
    if names := _PARAMETER.findall(entry.path):
        described["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
    return described
