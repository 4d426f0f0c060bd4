"""Expressions that chance writes over the questions of a form.

Each asks for a kind of result and gives XPath text. What is read stands mostly earlier in the form,
so that few forms are refused for circles; references come absolute, relative, from `current()` and
with predicates on repeats.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

TEXTS = (
    "'x'", "''", "'12'", "'-3.5'", "'2026-11-22'", "'a b'", "'Lò Thị Mẫu'", "'1e3'", "' x '", "'b'",
    "'2026-3-5'", "'2026-11-22T10:30:00.000+07:00'", "'yes'", "'07:15:00.000+07:00'", "'Ế🙂'",
)  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "-1", "0.5", "10", "1.005", "2147483648", "0.1", "1000000", "7")
DATES = ("'2026-11-22'", "'1969-12-31'", "'2024-02-29'", "'2026-11-22T23:30:00.000+07:00'")
PATTERNS = ("'[0-9]+'", "'^a'", "'b$'", r"'^\d{2}$'", "'x|y'", "'.'")
FORMATS = ("'%Y-%m-%d'", "'%d/%m/%y'", "'%e %n %H:%M:%S'", "'%b %a'", "'%3'", "'%h'")
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Question:
    """A value of the form that expressions may read: its path, type, and the repeats around it."""

    path: str
    type: str
    repeats: tuple[str, ...]
    choices: str = ""
    is_shown: bool = True

    @property
    def name(self) -> str:
        """The last step of the path."""
        return self.path.rpartition("/")[2]


class Writer:
    """Writes expressions for one form; `known` grows while the form does.

    `in_list`: what is written stands in a predicate of a list, where a bare relative path would
    start at the list's row.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.known: list[Question] = []
        self.repeats: list[tuple[str, tuple[str, ...]]] = []
        self.in_list = False

    def expression(self, want: str, at: Question, depth: int = 0) -> str:
        """Return an expression of a kind (number, text, truth, date) for a question."""
        leaf = depth > 2 or self.chance.random() < 0.25
        ways = (LEAVES if leaf else WAYS)[want]
        return self.chance.choice(ways)(self, at, depth + 1)

    def some(self, at: Question, *types: str) -> Question | None:
        """Return a question to read, of one of these types if there is one."""
        fitting = [one for one in self.known if not types or one.type in types]
        return self.chance.choice(fitting or self.known) if self.known else None

    def reference(self, one: Question, at: Question) -> str:
        """Return a path from one question to another, in any of the ways a form may write it."""
        way = self.chance.random()
        if way < 0.4:
            return one.path
        if way < 0.55 and one.repeats:
            return self.picked(one, at)
        here, there = at.path.split("/"), one.path.split("/")
        shared = 0
        while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
            shared += 1
        relative = "/".join([".."] * (len(here) - shared) + there[shared:])
        return f"current()/{relative}" if self.in_list or way > 0.85 else relative

    def condition(self, write: Callable[[], str]) -> str:
        """Return what is written for a predicate of a list."""
        before, self.in_list = self.in_list, True
        written = write()
        self.in_list = before
        return written

    def picked(self, one: Question, at: Question) -> str:
        """Return a path with a predicate on the innermost repeat."""
        repeat = one.repeats[-1]
        inside = one.path.removeprefix(repeat)
        beside = [q for q in self.known if q.repeats and q.repeats[-1] == repeat]
        tests = ["1", "2", "last()", "position() = 1", "position() > 1"]
        if beside:
            other = self.chance.choice(beside)
            below = "./" + other.path.removeprefix(repeat + "/")
            tests.append(f"{below} = {self.chance.choice(TEXTS)}")
            tests.append(f"{below} != ''")
            mine = self.some(at)
            if mine is not None and not mine.repeats:
                tests.append(f"{below} = {mine.path}")
        if repeat in at.repeats:
            tests.append("position() = position(current()/..) - 1")
        return f"{repeat}[{self.chance.choice(tests)}]{inside}"

    def read(self, *types: str) -> Callable[[Writer, Question, int], str]:
        """Return a way of writing that reads a question of these types."""
        return reading(*types)


def reading(*types: str) -> Callable[[Writer, Question, int], str]:
    """Return a way of writing: read some question of these types."""

    def write(w: Writer, at: Question, depth: int) -> str:
        one = w.some(at, *types)
        return "''" if one is None else w.reference(one, at)

    return write


def literal(options: tuple[str, ...]) -> Callable[[Writer, Question, int], str]:
    """Return a way of writing: one of these."""
    return lambda w, at, depth: w.chance.choice(options)


def call(pattern: str, *wants: str) -> Callable[[Writer, Question, int], str]:
    """Return a way of writing: a pattern with `{}` for each argument of the kinds given."""

    def write(w: Writer, at: Question, depth: int) -> str:
        return pattern.format(*(argument(w, want, at, depth) for want in wants))

    return write


def argument(w: Writer, want: str, at: Question, depth: int) -> str:
    """Write one argument; besides kinds of result there are words for special places."""
    if want == "nodes":
        return reading()(w, at, depth)
    if want == "many":
        inside = [one for one in w.known if one.repeats]
        return w.chance.choice(inside).path if inside else reading()(w, at, depth)
    if want == "repeat":
        return w.chance.choice(w.repeats)[0] if w.repeats else "/data"
    if want == "any":
        want = w.chance.choice(("number", "text", "truth", "date"))
    special = {"comparison": COMPARISONS, "pattern": PATTERNS, "format": FORMATS}
    if want in special:
        return w.chance.choice(special[want])
    return w.expression(want, at, depth)


def select(w: Writer, at: Question, depth: int) -> str:
    """Write a test on a question with choices."""
    one = w.some(at, "select", "select1")
    if one is None:
        return "true()"
    return f"selected({w.reference(one, at)}, {w.chance.choice(TEXTS)})"


def choice_name(w: Writer, at: Question, depth: int) -> str:
    """Write the label of a choice."""
    among = [one for one in w.known if one.choices and one.is_shown]
    if not among:
        return "'-'"
    one = w.chance.choice(among)
    return f"jr:choice-name({one.path}, '{one.path}')"


def looked_up(w: Writer, at: Question, depth: int) -> str:
    """Write a look into a list."""
    key = w.condition(lambda: reading("select1", "string")(w, at, depth))
    column, out = w.chance.choice((("name", "group"), ("group", "name"), ("name", "size")))
    place = w.chance.choice(("", "", "[1]", "[last()]"))
    return f"instance('things')/root/item[{column} = {key}]{place}/{out}"


def indexed(w: Writer, at: Question, depth: int) -> str:
    """Write `indexed-repeat` over a question of a repeat of the first level."""
    among = [one for one in w.known if len(one.repeats) == 1]
    if not among:
        return "''"
    one = w.chance.choice(among)
    index = w.expression("number", at, depth)
    return f"indexed-repeat({one.path}, {one.repeats[0]}, {index})"


def place(w: Writer, at: Question, depth: int) -> str:
    """Write the place of the repeat instance around."""
    return f"position({at.repeats[-1]})" if at.repeats else "1"


def union(w: Writer, at: Question, depth: int) -> str:
    """Write the first of two sets of nodes."""
    if not w.known:
        return "'-'"
    return f"{argument(w, 'many', at, depth)} | {w.reference(w.chance.choice(w.known), at)}"


LEAVES: dict[str, list[Callable[[Writer, Question, int], str]]] = {
    "number": [reading("int", "decimal"), reading("int", "decimal"), literal(NUMBERS), place],
    "text": [reading("string", "select1"), reading(), literal(TEXTS), choice_name, looked_up],
    "truth": [select, call("{} {} {}", "nodes", "comparison", "text"), call("{} != ''", "nodes")],
    "date": [reading("date", "dateTime"), literal(DATES), literal(("today()", "now()"))],
}
WAYS: dict[str, list[Callable[[Writer, Question, int], str]]] = {
    "number": [
        *LEAVES["number"],
        call("({} + {})", "number", "number"),
        call("({} - {})", "number", "number"),
        call("({} * {})", "number", "number"),
        call("({} div {})", "number", "number"),
        call("({} mod {})", "number", "number"),
        call("-({})", "number"),
        call("round({}, 2)", "number"),
        call("round({})", "number"),
        call("int({})", "text"),
        call("int({})", "number"),
        call("number({})", "any"),
        call("sum({})", "many"),
        call("count({})", "repeat"),
        call("count({})", "many"),
        call("count-non-empty({})", "many"),
        call("min({})", "many"),
        call("max({}, {})", "number", "number"),
        call("string-length({})", "text"),
        call("count-selected({})", "nodes"),
        call("decimal-date-time({})", "date"),
        call("decimal-time({})", "text"),
        call("abs({})", "number"),
        call("floor({})", "number"),
        call("ceiling({})", "number"),
        call("pow({}, 2)", "number"),
        call("sqrt({})", "number"),
        call("({} - {})", "date", "date"),
        call("checklist(1, 2, {}, {})", "truth", "nodes"),
        call("weighted-checklist(1, 9, {}, {})", "nodes", "number"),
        call("if({}, {}, {})", "truth", "number", "number"),
        call("coalesce({}, {})", "nodes", "number"),
        call("count(instance('things')/root/item[size > {}])", "number"),
    ],
    "text": [
        *LEAVES["text"],
        call("concat({}, {})", "text", "any"),
        call("concat({}, '-', {})", "many", "text"),
        call("join(', ', {})", "many"),
        call("join('', {}, {})", "text", "many"),
        call("string({})", "any"),
        call("substr({}, {}, 3)", "text", "number"),
        call("substr({}, {})", "text", "number"),
        call("substring({}, {}, {})", "text", "number", "number"),
        call("substring-before({}, {})", "text", "text"),
        call("substring-after({}, {})", "text", "text"),
        call("translate({}, 'abc', 'xy')", "text"),
        call("normalize-space({})", "text"),
        call("selected-at({}, {})", "nodes", "number"),
        call("format-date({}, {})", "date", "format"),
        call("format-date-time({}, {})", "date", "format"),
        call("string(date({}) + {})", "date", "number"),
        call("if({}, {}, {})", "truth", "text", "any"),
        call("coalesce({}, {})", "nodes", "text"),
        call("digest({}, 'SHA-1', 'hex')", "text"),
        call("name({})", "nodes"),
        union,
        indexed,
    ],
    "truth": [
        *LEAVES["truth"],
        call("({} and {})", "truth", "truth"),
        call("({} or {})", "truth", "truth"),
        call("not({})", "truth"),
        call("{} {} {}", "number", "comparison", "number"),
        call("{} {} {}", "date", "comparison", "date"),
        call("{} {} {}", "any", "comparison", "any"),
        call("{} {} {}", "many", "comparison", "any"),
        call("contains({}, {})", "text", "text"),
        call("starts-with({}, {})", "text", "text"),
        call("ends-with({}, {})", "text", "text"),
        call("regex({}, {})", "text", "pattern"),
        call("boolean({})", "any"),
        call("boolean-from-string({})", "text"),
        call("{}", "any"),
    ],
    "date": [
        *LEAVES["date"],
        call("date({})", "any"),
        call("date({} + {})", "date", "number"),
        call("date-time({})", "any"),
        call("if({}, {}, {})", "truth", "date", "date"),
        call("coalesce({}, {})", "nodes", "date"),
    ],
}
