"""The forms that speed is measured on, written by a seeded script as Markdown XLSForm.

Four shapes: 15 plain questions; 60 questions with province and commune out of the official lists;
a household of 12 people with 15 questions each; 500 questions, a third of them conditional, with a
chain of 50 calculations. The same seed always writes the same bytes.
"""

import random
from collections.abc import Iterator

from server.forms.compiler import Compiled
from server.forms.procedures import attachments_of
from server.forms.sources import compile_source
from server.settings import ROOT

SEED = 20261122
PEOPLE = 12
CHAIN = 50
HEADS = (
    "type",
    "name",
    "label::Tiếng Việt (vi)",
    "label::English (en)",
    "hint::Tiếng Việt (vi)",
    "hint::English (en)",
    "required",
    "relevant",
    "constraint",
    "constraint_message::Tiếng Việt (vi)",
    "constraint_message::English (en)",
    "calculation",
    "choice_filter",
    "appearance",
    "default",
)
KINDS = ("text", "text", "integer", "decimal", "date", "select_one", "select_one", "select_many")
HINT = {
    "hint::Tiếng Việt (vi)": "Ghi đủ, có dấu, giống trên giấy tờ",
    "hint::English (en)": "In full, with its marks, as on the papers",
}
FAULT = {
    "constraint_message::Tiếng Việt (vi)": "Xin xem lại câu trả lời này.",
    "constraint_message::English (en)": "Please check this answer.",
}
LISTS = {"yes_no": 2, "kin": 7, "work": 12}

Row = dict[str, str]


def names() -> tuple[str, ...]:
    """The forms by name, in the order in which they are told."""
    return ("15 questions", "60 with 3,321 communes", "household 12 × 15", "500, a third hidden")


def written(name: str) -> str:
    """The form as a Markdown XLSForm. KeyError for a name that `names` does not give."""
    chance = random.Random(SEED)
    rows = {
        "15 questions": _plain,
        "60 with 3,321 communes": _communes,
        "household 12 × 15": _household,
        "500, a third hidden": _large,
    }[name](chance)
    survey = [_line(HEADS), *(_line([row.get(head, "") for head in HEADS]) for row in rows)]
    choices = [_line(["list_name", "name", "label::Tiếng Việt (vi)", "label::English (en)"])]
    for one, size in LISTS.items():
        choices += [
            _line([one, f"c{at}", f"Trả lời thứ {at}", f"Answer {at}"]) for at in range(1, size + 1)
        ]
    settings = [_line(["form_id", "version"]), _line([f"bench_{len(survey)}", "1"])]
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return "\n".join(f"| {sheet} |\n" + "\n".join(lines) for sheet, lines in sheets.items())


def compiled(name: str) -> Compiled:
    """The form as a phone gets it, with the official lists it names."""
    attachments = attachments_of(ROOT / "pwa" / "forms" / "procedures" / "khai-sinh")
    return compile_source(written(name).encode(), "bench.md", attachments)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return "|  | " + " | ".join(cells) + " |"


def _question(number: int, chance: random.Random, kind: str | None = None) -> Row:
    """One question with words as long as those of real forms."""
    kind = kind or chance.choice(KINDS)
    row = {
        "name": f"q{number}",
        "label::Tiếng Việt (vi)": f"Xin cho biết điều thứ {number} của người làm đơn",
        "label::English (en)": f"Please tell point {number} about the applicant",
        **(HINT if number % 3 else {}),
        "required": "yes" if number % 2 else "",
    }
    if kind in ("select_one", "select_many"):
        kind = kind.replace("many", "multiple")
        return {**row, "type": f"{kind} {chance.choice(list(LISTS))}"}
    row |= FAULT
    if kind == "text":
        return {**row, "type": kind, "constraint": "string-length(.) <= 150"}
    if kind == "date":
        return {**row, "type": kind, "constraint": ". <= today()"}
    return {**row, "type": kind, "constraint": ". >= 0 and . < 1000000"}


def _plain(chance: random.Random) -> Iterator[Row]:
    for number in range(1, 16):
        yield _question(number, chance)


def _communes(chance: random.Random) -> Iterator[Row]:
    """60 questions in sections; three addresses of province, commune and village."""
    yield {"type": "csv-external", "name": "provinces"}
    yield {"type": "csv-external", "name": "communes"}
    for section in range(6):
        yield _group(section)
        first = section * 10 + 1
        for number in range(first, first + 10):
            place = number - first
            if section % 2 == 0 and place < 2:
                yield _place(number, first, is_commune=place == 1)
                continue
            row = _question(number, chance)
            if place >= 7:
                row["relevant"] = f"${{q{number - 1}}} != ''"
            yield row
        where = f"instance('communes')/root/item[name = ${{q{first + 1}}}]/label"
        yield _sum(f"s{section}", f"concat(${{q{first + 2}}}, ' ', {where})", section % 2 == 0)
        yield {"type": "end_group"}


def _place(number: int, first: int, *, is_commune: bool) -> Row:
    kind = "communes" if is_commune else "provinces"
    row = {
        **_question(number, random.Random(number), "text"),
        "type": f"select_one_from_file {kind}.csv",
        "appearance": "minimal autocomplete",
        "choice_filter": f"province = ${{q{first}}}" if is_commune else "",
    }
    row.pop("constraint")
    return row


def _household(chance: random.Random) -> Iterator[Row]:
    """15 questions about each person on one screen, summed up over all."""
    yield {
        "type": "begin_repeat",
        "name": "person",
        "label::Tiếng Việt (vi)": "Người trong nhà",
        "label::English (en)": "Member",
        "appearance": "field-list",
    }
    kinds = ["text", "date", "integer", "integer", "select_one", "select_many", "text", "decimal"]
    for number in range(1, 16):
        row = _question(number, chance, kinds[(number - 1) % len(kinds)])
        if number % 5 == 0:
            row["relevant"] = "${q3} >= 18"
        yield row
    yield _sum("place", "position(..)")
    yield _sum("both", "coalesce(${q3}, 0) + coalesce(${q4}, 0)")
    yield {"type": "end_repeat"}
    yield _sum("total", "sum(${both})")
    yield _sum("adults", "count(${person}[q3 >= 18])")
    yield {
        **_question(16, chance, "text"),
        "label::Tiếng Việt (vi)": "Nhà có ${adults} người lớn, tất cả ${total}, phải không?",
    }


def _large(chance: random.Random) -> Iterator[Row]:
    """500 questions in 25 sections; every third hangs on the one before; a chain of 50 steps."""
    yield _question(1, chance, "integer")
    for step in range(1, CHAIN + 1):
        before = "${q1}" if step == 1 else f"${{k{step - 1}}}"
        yield _sum(f"k{step}", f"if({before} = '', 0, ({before} * 3 + {step}) mod 1000)")
    for number in range(2, 501):
        if number % 20 == 2:
            yield _group(number // 20)
        row = _question(number, chance)
        if number % 3 == 0:
            row["relevant"] = f"${{q{number - 1}}} != ''"
        if number % 25 == 0:
            row["label::Tiếng Việt (vi)"] = f"Số tính được là ${{k{CHAIN}}}, phải không?"
        yield row
        if number % 20 == 1:
            yield {"type": "end_group"}
    yield {"type": "end_group"}


def _group(number: int) -> Row:
    return {
        "type": "begin_group",
        "name": f"g{number}",
        "label::Tiếng Việt (vi)": f"Phần {number + 1}",
        "label::English (en)": f"Part {number + 1}",
    }


def _sum(name: str, expression: str, is_wanted: bool = True) -> Row:
    return {"type": "calculate", "name": name, "calculation": expression if is_wanted else "1 + 1"}
