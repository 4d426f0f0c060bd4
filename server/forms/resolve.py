"""Paths of expressions bound to the nodes of a form, and what each expression reads.

Works on trees as `grammar` made them. A path that leads plainly to one definition node becomes
`["$", …]`; one with predicates or unusual axes starts at the last plain node and keeps the rest.
Paths into lists are checked against their columns and become lookups where an index will do.
`indexed-repeat`, `pulldata` and `jr:itext` are rewritten here, so that engines never meet them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import grammar, list_paths, static_paths
from .definition import Expr, Instance, Text
from .evaluate import Builder
from .findings import Findings
from .fitting import doubt
from .functions import arity
from .places import Places
from .skeleton import Skeleton
from .values import EvaluationFault

ROWS = [["child", "root"], ["child", "item"]]
OPERATORS = frozenset(("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"))


@dataclass(slots=True)
class Resolved:
    """A bound expression; `reads` are definition nodes, `soft` those read in other instances."""

    tree: Expr
    reads: set[int] = field(default_factory=set)
    soft: set[int] = field(default_factory=set)


class Resolver:
    """Binds the expressions of one form."""

    def __init__(
        self,
        skeleton: Skeleton,
        instances: dict[str, Instance],
        findings: Findings,
        spoken: Callable[[str, str], Text | None],
        renamed: dict[str, str],
    ) -> None:
        """`spoken` gives the text of an itext id; `renamed` the label column of a list."""
        self.places = Places(skeleton.nodes)
        self.child = skeleton.child
        self.instances = instances
        self.findings = findings
        self.spoken = spoken
        self.renamed = renamed
        # Names of a form's lists, gathered when first asked for, and the questions that
        # `jr:choice-name` asks about: whether they have choices is known later.
        self._parts: dict[str, list_paths.Parts] = {}
        self.choosing: list[tuple[int, str, str, str]] = []

    def parts_of(self, name: str) -> list_paths.Parts:
        """Return the names that a list holds."""
        if name not in self._parts:
            self._parts[name] = list_paths.parts_of(self.instances[name])
        return self._parts[name]

    def refuse_choiceless(self, choosing: frozenset[int]) -> None:
        """Note every `jr:choice-name` of a question that is not among those with choices."""
        detail = "the second must be a question with choices"
        for node, name, text, place in self.choosing:
            if node not in choosing:
                facts = {"name": name, "expression": text, "detail": detail}
                self.findings.error("function-argument", place, **facts)

    def resolve(
        self, text: str, place: str, origin: int, base: int | None = None
    ) -> Resolved | None:
        """Parse and bind an expression; None after noting what is wrong with it.

        `origin` is the node it will be computed for, `base` the one its relative paths start at.
        """
        try:
            tree = grammar.parse(text)
        except grammar.ExpressionFault as fault:
            self.findings.error("expression-malformed", place, expression=text, detail=str(fault))
            return None
        binding = Binding(self, text, place, origin, origin if base is None else base)
        count = len(self.findings.found)
        bound = binding.bind(tree, frozenset((binding.base,)), inside=False)
        if any(finding.level == "error" for finding in self.findings.found[count:]):
            return None
        return Resolved(bound, binding.reads, binding.soft - binding.reads)


class Binding:
    """Binds one expression. A context is the set of definition nodes a relative path may start
    from, or None inside a list, where `spot` tells the place in it."""

    def __init__(self, resolver: Resolver, text: str, place: str, origin: int, base: int) -> None:
        self.resolver = resolver
        self.places = resolver.places
        self.text = text
        self.place = place
        self.origin = origin
        self.base = base
        self.reads: set[int] = set()
        self.soft: set[int] = set()
        self.spot: list_paths.Spot | None = None

    def error(self, code: str, **facts: object) -> None:
        """Note a fault of this expression."""
        self.resolver.findings.error(code, self.place, expression=self.text.strip(), **facts)

    def bind(self, tree: Expr, context: frozenset[int] | None, inside: bool) -> Expr:
        """Bind a tree; `inside` tells that it stands in a predicate."""
        if not isinstance(tree, list):
            return tree
        head = tree[0]
        if head == ".":
            if not inside:
                self.reads.add(self.origin)
            elif context is not None:
                self.soft |= context
            return tree
        if head == "path":
            return static_paths.bind(self, tree, context, inside)
        if head == "variable":
            self.error("variable-unknown", name=tree[1])
            return tree
        if head == "filter":
            inner = self.bind(tree[1], context, inside)
            targets = static_paths.targets(self, inner)
            before, self.spot = self.spot, list_paths.reached(self, inner)
            predicates = [self.bind(part, targets, True) for part in tree[2:]]
            self.spot = before
            return ["filter", inner, *predicates]
        if head in OPERATORS or head in ("neg", "|"):
            return [head, *[self.bind(part, context, inside) for part in tree[1:]]]
        return self.call(tree, context, inside)

    def call(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Bind a function call, after checking its name and number of arguments."""
        name, arguments = tree[0], tree[1:]
        allowed = arity(name)
        if allowed is None:
            self.error("function-unknown", name=name)
            return tree
        least, most = allowed
        if len(arguments) < least or (most is not None and len(arguments) > most):
            wanted = f"{least}" if most == least else f"{least}–{'…' if most is None else most}"
            self.error("function-arity", name=name, wanted=wanted, found=len(arguments))
            return tree
        rewrite = REWRITES.get(name)
        if rewrite is not None:
            return rewrite(self, tree, context, inside)
        if name == "regex" and isinstance(arguments[1], str):
            self.check_pattern(arguments[1])
        return [name, *[self.bind(part, context, inside) for part in arguments]]

    def check_pattern(self, source: str) -> None:
        """Refuse a regular expression that the engines cannot run."""
        try:
            why, longest = doubt(source)
        except EvaluationFault as fault:
            self.error("pattern-invalid", pattern=source, detail=str(fault))
            return
        if why in ("slow", "unbounded"):
            self.error(f"pattern-{why}", pattern=source)
        elif why:
            told = self.resolver.findings
            told.warning("pattern-short", self.place, pattern=source, length=longest)

    def instance(
        self, tree: list[Any], _context: frozenset[int] | None = None, _inside: bool = False
    ) -> Expr:
        """Check that the list of `instance(name)` is there."""
        name = tree[1]
        if not isinstance(name, str):
            self.error("function-argument", name="instance", detail="the name must be written out")
        elif name not in self.resolver.instances:
            self.error("instance-unknown", name=name)
        return tree

    def indexed_repeat(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Turn `indexed-repeat(node, repeat, index…)` into a path with places in predicates."""
        found = [static_paths.plain(self, part, context) for part in (tree[1], *tree[2::2])]
        indexes = [self.bind(part, context, inside) for part in tree[3::2]]
        if None in found or len(found) != len(indexes) + 1:
            self.error("function-argument", name=tree[0], detail="give a question and its repeats")
            return tree
        target, *repeats = [node for node in found if node is not None]
        if any(self.places.nodes[repeat].kind != "repeat" for repeat in repeats):
            self.error("function-argument", name=tree[0], detail="give a question and its repeats")
            return tree
        at = dict(zip(repeats, indexes, strict=True))
        chain = [*reversed(self.places.ancestors(target)), target]
        if any(repeat not in chain for repeat in repeats):
            self.error(
                "function-argument", name=tree[0], detail="the repeat does not hold the question"
            )
            return tree
        first = min(map(chain.index, repeats))
        start = static_paths.reference(self, chain[first - 1], own=True)
        steps: list[list[Any]] = []
        for node in chain[first:]:
            step: list[Any] = ["child", self.places.nodes[node].name]
            if node in at:
                step.append(["=", ["position"], _from_origin(at[node])])
            steps.append(step)
        static_paths.note_reads(self, target, elsewhere=True)
        return ["path", start, *steps]

    def pulldata(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Turn `pulldata(list, out, column, key)` into a lookup."""
        name, out, column = tree[1:4]
        if not all(isinstance(part, str) for part in (name, out, column)):
            self.error("function-argument", name=tree[0], detail="write the names out")
            return tree
        self.instance(["instance", name])
        instance = self.resolver.instances.get(name)
        key = self.bind(tree[4], context, inside)
        if instance is None or instance.columns is not None:
            self.check_columns(name, out, column)
            return ["lookup", name, column, key, out]
        item = list_paths.reached(self, ["path", ["instance", name], *ROWS])
        for part in (column, out):
            list_paths.follow(self, item, *part_of(part))
        condition = ["=", ["path", ".", part_of(column)], ["string", key]]
        return ["path", ["instance", name], ROWS[0], [*ROWS[1], condition], part_of(out)]

    def position(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Bind `position(node)`; the path of a repeat one stands in means this instance."""
        if len(tree) == 2 and not inside:
            target = static_paths.plain(self, tree[1], context)
            if target is not None and target in self.places.scopes(self.origin):
                static_paths.note_reads(self, target)
                return [tree[0], static_paths.reference(self, target, own=True)]
        return [tree[0], *[self.bind(part, context, inside) for part in tree[1:]]]

    def check_columns(self, name: str, *columns: str) -> bool:
        """Note columns that a list does not have."""
        instance = self.resolver.instances.get(name)
        if instance is None or instance.columns is None:
            return False
        missing = [column for column in columns if column not in instance.columns]
        for column in missing:
            self.error(
                "column-unknown", instance=name, name=column, columns=", ".join(instance.columns)
            )
        return not missing

    def choice_name(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Bind the question of `jr:choice-name`, which may be quoted."""
        question = tree[2]
        if isinstance(question, str):
            try:
                question = grammar.parse(question)
            except grammar.ExpressionFault:
                question = tree[2]
        target = static_paths.plain(self, question, context)
        if target is None:
            detail = "the second must be a question with choices"
            self.error("function-argument", name=tree[0], detail=detail)
            return tree
        self.resolver.choosing.append((target, tree[0], self.text.strip(), self.place))
        value = self.bind(tree[1], context, inside)
        return [tree[0], value, static_paths.reference(self, target)]

    def itext(self, tree: list[Any], context: frozenset[int] | None, inside: bool) -> Expr:
        """Put the text in place of its id; a list's text id becomes its label column."""
        argument = tree[1]
        if isinstance(argument, str):
            text = self.resolver.spoken(argument, self.place)
            if text is None:
                self.error("text-missing", name=argument)
                return tree
            return text if isinstance(text, str) else ["text", text]
        bound = self.bind(argument, context, inside)
        if isinstance(bound, list) and bound[0] in ("path", "lookup"):
            return bound
        self.error("function-argument", name=tree[0], detail="the id must be written out")
        return tree

    def kind(self, tree: Expr) -> str:
        """Return the kind a bound tree gives (see `closures`)."""
        return Builder(self.places, self.origin).build(tree)[0]


def part_of(name: str) -> list[str]:
    """Return the step that leads to a column, or with `@` to an attribute."""
    return ["attribute", name[1:]] if name.startswith("@") else ["child", name]


def _from_origin(tree: Expr) -> Expr:
    """Make `.` mean the origin where an expression moves into a predicate."""
    if not isinstance(tree, list):
        return tree
    return ["current"] if tree == ["."] else [tree[0], *map(_from_origin, tree[1:])]


REWRITES: dict[str, Callable[[Binding, list[Any], frozenset[int] | None, bool], Expr]] = {
    "instance": Binding.instance,
    "indexed-repeat": Binding.indexed_repeat,
    "pulldata": Binding.pulldata,
    "position": Binding.position,
    "jr:choice-name": Binding.choice_name,
    "jr:itext": Binding.itext,
}
