"""The Python engine behind the conformance graders' JSON lines.

`python -m tests.conformance.python_adapter` answers each line of standard input with one line:
`evaluate` and `parse` for expressions over any XML document, and `init`, `answer`, `add`, `remove`,
`language`, `state` for a session with a form.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.forms.grammar import ExpressionFault, parse
from tests.conformance.document_run import evaluate
from tests.conformance.session import Session


class Adapter:
    """Holds the session between two lines."""

    def __init__(self) -> None:
        self.session: Session | None = None

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Answer one message."""
        op = message.pop("op")
        try:
            if op == "parse":
                parse(message["expression"])
                return {"ok": True}
            if op == "evaluate":
                return evaluate(message)
            if op == "init":
                self.session = None
                now = datetime.fromisoformat(message["now"]) if message.get("now") else None
                zone = ZoneInfo(os.environ.get("TZ") or "UTC")
                self.session = Session(
                    message["form"],
                    message.get("attachments") or {},
                    now or datetime.now(UTC),
                    zone,
                )
                return {"ok": True}
            if self.session is None:
                return {"error": "no form"}
            return self.session.act(op, message)
        except ExpressionFault as fault:
            return {"error": str(fault)}
        except Exception as fault:
            return {"error": f"{type(fault).__name__}: {fault}"}


def main() -> None:
    """Answer lines until the input ends."""
    adapter = Adapter()
    for line in sys.stdin:
        print(json.dumps(adapter.answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
