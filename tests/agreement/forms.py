"""Forms that chance makes, as XForm XML.

Every type, relevance, calculations, constraints, required and read-only conditions, choice filters,
groups and repeats in each other with counts and instances to start with, actions, outputs in
labels, two languages. The compiler may still refuse one, for instance for a circle.
"""

from __future__ import annotations

import random
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from .expressions import Question, Writer

TYPES = ("string", "string", "int", "int", "decimal", "date", "dateTime", "time", "geopoint")
KINDS = ("select1", "select1", "select", "trigger", "note", "rank", "range", *TYPES, *TYPES)
WORDS = {"vi": ("Tên", "Tuổi", "Ngày", "Nơi ở"), "en": ("Name", "Age", "Date", "Place")}
THINGS = [
    ("a", "x", "1"), ("b", "x", "2"), ("c", "y", "10"), ("yes", "y", "2.5"), ("12", "z", ""),
]  # fmt: skip
STARTS = {
    "int": ("1", "2", "7.9", "x", "-3"),
    "decimal": ("0.5", "2", "1e3"),
    "date": ("2026-11-22", "2026-02-30", "2026-11-22T20:00:00Z"),
    "dateTime": ("2026-11-22T10:30:00.000+07:00", "2026-11-22"),
    "time": ("07:15:00.000+07:00", "25:00"),
    "geopoint": ("22.5 103.9 0 0", "95 0"),
}
PLAIN = ("a", "b", "yes", "x y", "12", "Lò Thị Mẫu")


class Maker:
    """Makes one form from a source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.writer = Writer(chance)
        self.number = 0
        self.binds: list[str] = []
        self.actions: list[str] = []
        self.texts: list[tuple[str, str, str]] = []

    def form(self) -> str:
        """Return the XForm."""
        instance, body = self.level("/data", (), self.chance.randint(3, 9), 0)
        texts = "".join(
            f'<translation lang="{language}"{default}>'
            + "".join(
                f'<text id="{i}"><value>{words[at]}</value></text>' for i, *words in self.texts
            )
            + "</translation>"
            for at, (language, default) in enumerate((("vi", ' default="true()"'), ("en", "")))
        )
        rows = "".join(
            f"<item><name>{name}</name><label>{name} {group}</label><group>{group}</group>"
            f"<size>{size}</size></item>"
            for name, group, size in THINGS
        )
        return (
            '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
            ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
            f"<h:head><h:title>t</h:title><model><itext>{texts}</itext>"
            f'<instance><data id="made">{instance}</data></instance>'
            f'<instance id="things"><root>{rows}</root></instance>'
            f"{''.join(self.binds)}{''.join(self.actions)}</model></h:head>"
            f"<h:body>{body}</h:body></h:html>"
        )

    def level(self, path: str, repeats: tuple[str, ...], size: int, depth: int) -> tuple[str, str]:
        """Return what stands at one level: the instance and the body."""
        instance = body = ""
        for _ in range(size):
            way = self.chance.random()
            if depth < 3 and way < 0.12:
                made = self.group(path, repeats, depth)
            elif depth < 3 and way < 0.27:
                made = self.repeat(path, repeats, depth)
            else:
                made = self.question(path, repeats)
            instance += made[0]
            body += made[1]
        return instance, body

    def named(self, letter: str) -> str:
        """Return a fresh name."""
        self.number += 1
        return f"{letter}{self.number}"

    def holds(self, chance: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.chance.random() < chance

    def bind(self, at: Question, **facets: str) -> None:
        """Write a bind."""
        written = " ".join(
            f"{name.replace('__', ':')}={quoteattr(text)}" for name, text in facets.items()
        )
        self.binds.append(f'<bind nodeset="{at.path}" {written}/>')

    def group(self, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        """Return a group, relevant or read-only by conditions at times."""
        name = self.named("g")
        at = Question(f"{path}/{name}", "group", repeats)
        facets = {}
        if self.holds(0.5):
            facets["relevant"] = self.writer.expression("truth", at)
        if self.holds(0.15):
            facets["readonly"] = self.writer.expression("truth", at)
        if facets:
            self.bind(at, **facets)
        instance, body = self.level(at.path, repeats, self.chance.randint(1, 4), depth + 1)
        return f"<{name}>{instance}</{name}>", f'<group ref="{at.path}">{body}</group>'

    def repeat(self, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        """Return a repeat: free, counted or fixed, with one instance or more to start with."""
        name = self.named("r")
        at = Question(f"{path}/{name}", "repeat", repeats)
        target: Question | None = None
        count = ""
        if self.holds(0.25):
            written = self.writer.expression("number", at)
            target = Question(f"{path}/{self.named('n')}", "int", repeats)
            self.bind(target, type="int", calculate=f"if({written} < 5, {written}, 2)")
            self.writer.known.append(target)
            count = f' jr:count="{target.path}"'
        if self.holds(0.3):
            self.bind(at, relevant=self.writer.expression("truth", at))
        self.writer.repeats.append((at.path, repeats))
        instance, body = self.level(
            at.path, (*repeats, at.path), self.chance.randint(1, 4), depth + 1
        )
        tag = name
        if self.holds(0.2):
            mark = Question(f"{at.path}/@mark", "string", (*repeats, at.path))
            self.bind(mark, calculate=self.writer.expression("text", mark))
            self.writer.known.append(mark)
            tag = f'{name} mark=""'
        first = f"<{tag}>{instance}</{name}>"
        if target is not None:
            first = f"<{target.name}/>" + first
        elif self.holds(0.3):
            first = f'<{tag} jr:template="">{instance}</{name}>' + (
                "" if self.holds(0.3) else first * self.chance.randint(1, 2)
            )
        shown = f'<group ref="{at.path}"><repeat nodeset="{at.path}"{count}>{body}</repeat></group>'
        return first, shown

    def question(self, path: str, repeats: tuple[str, ...]) -> tuple[str, str]:
        """Return one question: its node with a start value and its control."""
        kind = self.chance.choice(KINDS)
        name = self.named("q")
        has_choices = kind in ("select1", "select", "rank")
        at = Question(f"{path}/{name}", kind, repeats, "things" if has_choices else "")
        facets = {"type": {"range": "decimal"}.get(kind, kind if kind in TYPES else "string")}
        for facet, want, likely in (
            ("relevant", "truth", 0.3),
            ("constraint", "truth", 0.25),
            ("required", "truth", 0.2),
            ("readonly", "truth", 0.08),
        ):
            if self.holds(likely):
                facets[facet] = self.writer.expression(want, at)
        if "constraint" in facets and self.holds(0.5):
            facets["constraint"] = f". {self.chance.choice(('!=', '<', '>='))} " + (
                self.writer.expression(self.chance.choice(("number", "text", "date")), at)
            )
            facets["jr__constraintMsg"] = "Không hợp lệ"
        is_computed = self.holds(0.3)
        if is_computed:
            wants = {"int": "number", "decimal": "number", "date": "date", "dateTime": "date"}
            facets["calculate"] = self.writer.expression(
                wants.get(kind, self.chance.choice(("text", "text", "number", "truth", "date"))), at
            )
            if self.holds(0.1):
                facets["calculate"] = f"once({facets['calculate']})"
        self.bind(at, **facets)
        start = ""
        if self.holds(0.25):
            start = self.chance.choice(STARTS.get(kind, PLAIN))
        inside = self.inside(at) if not (is_computed and self.holds(0.6)) else None
        self.writer.known.append(replace(at, is_shown=inside is not None))
        return f"<{name}>{escape(start)}</{name}>", "" if inside is None else inside

    def inside(self, at: Question) -> str:
        """Return the control of a question."""
        label = f"<label ref=\"jr:itext('{at.path}:label')\"/>"
        output = ""
        if self.holds(0.3):
            written = self.writer.expression(self.chance.choice(("text", "number", "date")), at)
            output = f" <output value={quoteattr(written)}/>!"
        words = [f"{self.chance.choice(WORDS[language])}{output}" for language in ("vi", "en")]
        self.texts.append((f"{at.path}:label", words[0], words[1]))
        action = self.action(at)
        if at.type in ("select1", "select", "rank"):
            tag = "odk:rank" if at.type == "rank" else at.type
            return f'<{tag} ref="{at.path}">{label}{self.choices(at)}{action}</{tag}>'
        if at.type == "range":
            low, high = self.chance.choice((("1", "5"), ("10", "-2"), ("0", "1.5")))
            ends = f'start="{low}" end="{high}" step="0.5"'
            return f'<range ref="{at.path}" {ends}>{label}{action}</range>'
        tag = "trigger" if at.type == "trigger" else "input"
        return f'<{tag} ref="{at.path}">{label}{action}</{tag}>'

    def choices(self, at: Question) -> str:
        """Return choices: written out, of the list, filtered, or answers of a repeat."""
        way = self.chance.random()
        parts = '<value ref="name"/><label ref="label"/>'
        if way < 0.3:
            return "".join(
                f"<item><label>{name.upper()}</label><value>{name}</value></item>"
                for name, *_ in THINGS[: self.chance.randint(2, 5)]
            )
        if way < 0.45:
            inside = [one for one in self.writer.known if one.repeats and not one.choices]
            if inside:
                one = self.chance.choice(inside)
                name = one.path.removeprefix(one.repeats[-1] + "/")
                nodeset = f"{one.repeats[-1]}[./{name} != '']"
                parts = f'<value ref="{name}"/><label ref="{name}"/>'
                return f"<itemset nodeset={quoteattr(nodeset)}>{parts}</itemset>"
        want = self.chance.choice(("text", "number"))
        test = self.writer.condition(lambda: self.writer.expression(want, at))
        filters = ("", f"[group = {test}]", f"[size > {test}]", f"[name != {test}]")
        nodeset = f"instance('things')/root/item{self.chance.choice(filters)}"
        if self.holds(0.2):
            nodeset = f"randomize({nodeset}, {self.chance.randint(1, 99)})"
        return f"<itemset nodeset={quoteattr(nodeset)}>{parts}</itemset>"

    def action(self, at: Question) -> str:
        """Return an action inside a control, or put one into the model."""
        targets = [one for one in self.writer.known if one.repeats[: len(at.repeats)] == at.repeats]
        if not targets or not self.holds(0.15):
            return ""
        target = self.chance.choice(targets)
        value = quoteattr(self.writer.expression(self.chance.choice(("text", "number")), target))
        ref = quoteattr(
            self.writer.picked(target, at) if target.repeats and self.holds(0.3) else target.path
        )
        if at.repeats or self.holds(0.6):
            event = "xforms-value-changed"
            return f'<setvalue event="{event}" ref={ref} value={value}/>'
        event = self.chance.choice(("odk-instance-first-load", "odk-instance-load"))
        self.actions.append(f'<setvalue event="{event}" ref={ref} value={value}/>')
        return ""
