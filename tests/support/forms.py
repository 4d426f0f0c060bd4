"""Small forms for tests: XForm XML from a few lines, compiled and ready to fill."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from server.forms.compiler import Compiled, compile_form
from server.forms.definition import decode, decode_instance
from server.forms.filling import Filling
from server.forms.findings import FormFault
from server.forms.form import Form

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
)


def xform(instance: str, model: str = "", body: str = "", root: str = "data") -> str:
    """XForm XML around the children of the primary instance, of the model and of the body."""
    return (
        f"<h:html {NAMESPACES}><h:head><h:title>T</h:title><model>"
        f'<instance><{root} id="t" version="1">{instance}</{root}></instance>{model}'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    )


def compiled(
    instance: str, model: str = "", body: str = "", attachments: Mapping[str, bytes] | None = None
) -> Compiled:
    """The compiled form."""
    return compile_form(xform(instance, model, body), attachments or {})


def ready(made: Compiled) -> Form:
    """A compiled form that went through its bytes, as a published one has."""
    lists = {digest: decode_instance(content) for digest, (_, content) in made.resources.items()}
    return Form(decode(made.whole), lists)


def filling(instance: str, model: str = "", body: str = "", **options: Any) -> Filling:
    """A new filling of a small form."""
    attachments = options.pop("attachments", None)
    options.setdefault("now", NOW)
    return Filling(ready(compiled(instance, model, body, attachments)), **options)


def faults(instance: str, model: str = "", body: str = "") -> list[tuple[str, str]]:
    """(code, place) of every error that refuses the form."""
    try:
        compiled(instance, model, body)
    except FormFault as fault:
        return [(one.code, one.place) for one in fault.findings if one.level == "error"]
    return []
