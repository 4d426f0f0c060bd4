"""A form of sixty questions and valid dossiers for it, sealed as phones seal them.

Written as a procedure's folder, so that the server is given it in the usual way. Half of it is
text, the rest whole numbers, dates and choices; some questions depend on others, six are computed.
"""

import random
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server.clock import iso
from server.forms.procedures import attachments_of
from server.forms.sources import compile_source
from server.keyring import Keyring
from tests.support.mutations import envelope
from tests.support.phones import Phone

CODE, COMMUNE = "9.000001", "02683"
QUESTIONS = 60
_HEADS = ("type", "name", "label", "required", "relevant", "constraint", "calculation")
_PROCEDURE = f"""
form: {{file: form.md}}
procedures:
- code: '{CODE}'
  slug: do-toc-do
  name: {{vi: Đo tốc độ, en: Throughput}}
  summary: {{vi: Dùng để đo, en: For measuring}}
  field: {{vi: Thử, en: Test}}
  authority: {{vi: Thử, en: Test}}
  result: {{vi: Thử, en: Test}}
  sameness:
  - [/data/c0, /data/c2]
  online: full
"""


def write_procedure(folder: Path) -> str:
    """Put the procedure's folder in place; the digest its form will have."""
    folder.mkdir(parents=True)
    (folder / "procedure.yaml").write_text(_PROCEDURE, "utf-8")
    form = _form().encode()
    (folder / "form.md").write_bytes(form)
    return compile_source(form, "form.md", attachments_of(folder)).digest


def _form() -> str:
    rows = [
        ("hidden", "_procedure", "", "", "", "", ""),
        ("hidden", "_commune", "", "", "", "", ""),
    ]
    for at in range(QUESTIONS):
        name, label = f"c{at}", f"Câu hỏi thứ {at}"
        relevant = f"${{c{at - 2}}} != ''" if at % 7 == 5 else ""
        kind, constraint, computed = "text", "string-length(.) < 100", ""
        if at % 10 == 9:
            kind, label, constraint = "calculate", "", ""
            computed = f"concat(${{c{at - 9}}}, ' ', ${{c{at - 8}}})"
        elif at % 6 == 1:
            kind, constraint = "integer", ". >= 0 and . < 1000"
        elif at % 6 == 2:
            kind, constraint = "date", ". <= today()"
        elif at % 6 == 4:
            kind, constraint = "select_one viec", ""
        required = "yes" if kind == "text" else ""
        rows.append((kind, name, label, required, relevant, constraint, computed))
    choices = [("viec", f"v{at}", f"Việc thứ {at}") for at in range(12)]
    return "\n".join(
        [
            *("| survey |", _line(_HEADS), *map(_line, rows)),
            *("| choices |", _line(("list_name", "name", "label")), *map(_line, choices)),
            *("| settings |", _line(("form_id", "version")), _line(("do_toc_do", "1"))),
        ]
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"| | {' | '.join(cells)} |"


def _answers(chance: random.Random) -> dict[str, str]:
    answers = {"_procedure": CODE, "_commune": COMMUNE}
    for at in range(QUESTIONS):
        name = f"c{at}"
        if at % 10 == 9:
            answers[name] = f"{answers[f'c{at - 9}']} {answers[f'c{at - 8}']}"
        elif at % 6 == 1:
            answers[name] = str(chance.randrange(1000))
        elif at % 6 == 2:
            answers[name] = f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-15"
        elif at % 6 == 4:
            answers[name] = f"v{chance.randrange(12)}"
        else:
            answers[name] = f"Vàng Văn Ví Dụ {chance.randrange(10**6)}"
    return answers


def sealed(
    keyring: Keyring, phone: Phone, form: str, count: int, seed: int
) -> list[dict[str, str]]:
    """Envelopes of `count` new dossiers."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        payload: dict[str, Any] = {
            "v": 1,
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "kind": "dossier.submit",
            "dossier": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "base": 0,
            "at": iso(datetime.now(UTC)),
            "language": "vi",
            "procedure": CODE,
            "form": form,
            "commune": COMMUNE,
            "answers": _answers(chance),
            "pages": [],
            "applicant": {"name": "Giàng A Thử", "phone": "0912345678"},
            "helper": None,
        }
        made.append(envelope(keyring, phone, payload))
    return made
