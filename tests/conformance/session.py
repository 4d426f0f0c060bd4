"""One recorded form session, played on the Python engine."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from server.forms.compiler import compile_form
from server.forms.definition import decode, decode_instance
from server.forms.filling import Filling
from server.forms.form import Form
from server.forms.instance import InstanceNode
from server.forms.offers import offered
from server.forms.resources import code_of
from server.forms.validation import wrong


class Session:
    """A form opened once; `act` carries out what the grader asks."""

    def __init__(
        self, xform: str, attachments: dict[str, dict[str, str]], now: datetime, zone: tzinfo
    ) -> None:
        files: dict[str, bytes] = {}
        for url, attachment in attachments.items():
            content = attachment["text"].encode()
            files[url] = content
            files.setdefault(url.rpartition("/")[2], content)
        compiled = compile_form(xform, files)
        lists = {
            digest: decode_instance(content) for digest, (_, content) in compiled.resources.items()
        }
        form = Form(decode(compiled.whole), lists)
        self.filling = Filling(form, now=now, zone=zone)

    def act(self, op: str, message: dict[str, Any]) -> dict[str, Any]:
        """Carry out one operation."""
        filling = self.filling
        if op == "state":
            return {"nodes": [self.seen(node) for node in filling.growth.top.below()]}
        if op == "answer":
            at = filling.growth.node(message["ref"]).at
            filling.answer(message["ref"], written(message["value"], filling.form.nodes[at].type))
        elif op == "add":
            filling.add(message["ref"])
        elif op == "remove":
            filling.remove(message["ref"])
        elif op == "language":
            filling.speak(code_of(message["value"]))
        else:
            return {"error": f"unsupported {op}"}
        return {"ok": True}

    def seen(self, node: InstanceNode) -> dict[str, Any]:
        """Return what the grader compares of a node."""
        seen: dict[str, Any] = {
            "ref": node.reference(),
            "relevant": node.relevant,
            "readonly": node.is_readonly(),
            "required": node.required,
        }
        form = self.filling.form
        if form.nodes[node.at].kind == "value":
            seen["value"] = node.text
        if node.at in form.choices:
            seen["choices"] = [
                [offer.value, self.filling.say(offer.label, node)]
                for offer in offered(self.filling, node)
            ]
        violation = wrong(self.filling, node) if seen.get("value") is not None else None
        if violation:
            seen["violation"] = violation
        return seen


def written(value: Any, kind: str | None = None) -> str:
    """Return an answer as a form writes it, `kind` being the type of its question."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return " ".join(written(one, kind) for one in value)
    if isinstance(value, dict):
        if "latitude" in value:
            parts = [value.get(part) for part in ("latitude", "longitude", "altitude", "accuracy")]
            given = parts[: max(i for i, part in enumerate(parts) if part is not None) + 1]
            return " ".join(str(float(part or 0)) for part in given)
        return str(value.get("file", ""))
    if isinstance(value, int | float) and kind == "decimal":
        return str(float(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
