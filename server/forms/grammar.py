"""Expression text to tree: the whole XPath 1.0 grammar as forms use it.

A Pratt parser over a small scanner. The tree is the one of docs/contracts.md, with every path still
as written (`["path", start, step…]`); `resolve` binds paths to the nodes of a form afterwards. An
unknown function is no matter of grammar: it parses, and publishing refuses it by name.
"""

from __future__ import annotations

from typing import Any

from .definition import Expr
from .scanner import BINDING, ExpressionFault, Token, scan

__all__ = ["BINDING", "MAX_DEPTH", "ExpressionFault", "parse"]

MAX_DEPTH = 150
UNARY = 7
AXES = frozenset(
    "ancestor ancestor-or-self attribute child descendant descendant-or-self following "
    "following-sibling namespace parent preceding preceding-sibling self".split()
)
NODE_TYPES = frozenset(("node", "text", "comment", "processing-instruction"))


def parse(text: str) -> Expr:
    """Return the tree of an expression, or raise ExpressionFault naming the place."""
    parser = _Parser(scan(text))
    tree = parser.expression(0, 0)
    parser.expect_end()
    return tree


class _Parser:
    """Reads tokens from left to right; each method returns the tree of what it read."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def accept(self, *texts: str) -> bool:
        token = self.token
        if token.kind in ("sign", "operator") and token.text in texts:
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.fault(f"expected {text!r}")

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.fault(f"unexpected {self.token.text!r}")

    def fault(self, message: str) -> ExpressionFault:
        if self.token.kind == "end":
            message += ", the expression ends too early"
        return ExpressionFault(message, self.token.at + 1)

    def expression(self, power: int, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise self.fault(f"nested deeper than {MAX_DEPTH}")
        if self.token.kind == "operator" and self.token.text == "-":
            self.take()
            left: Expr = ["neg", self.expression(UNARY, depth + 1)]
        else:
            left = self.union_operand(depth)
        chain = 0
        while self.token.kind == "operator" and BINDING[self.token.text] > power:
            place = self.token
            operator = self.take().text
            right = self.expression(BINDING[operator], depth + 1)
            if operator == "|" and not (_is_nodes(left) and _is_nodes(right)):
                raise ExpressionFault("'|' joins paths only", place.at + 1)
            if operator in ("and", "or") and isinstance(left, list) and left[0] == operator:
                # A long chain stays flat, so that its length costs no depth.
                left.append(right)
                continue
            chain += 1
            if chain > MAX_DEPTH:
                raise self.fault(f"more than {MAX_DEPTH} operators in a row")
            left = [operator, left, right]
        return left

    def union_operand(self, depth: int) -> Expr:
        """Read one path, or a primary with what follows it."""
        token = self.token
        follower = self.tokens[self.index + 1].text if token.kind != "end" else ""
        if token.kind == "name" and follower == "(" and token.text not in NODE_TYPES:
            return self.after_primary(self.call(depth), depth)
        if token.kind in ("number", "string", "variable") or token.text == "(":
            return self.after_primary(self.primary(depth), depth)
        return self.location(depth)

    def primary(self, depth: int) -> Expr:
        token = self.take()
        if token.kind == "number":
            value = float(token.text)
            return int(value) if value.is_integer() and abs(value) < 2**53 else value
        if token.kind == "string":
            return token.text[1:-1]
        if token.kind == "variable":
            return ["variable", token.text[1:]]
        inner = self.expression(0, depth + 1)
        self.expect(")")
        return inner

    def call(self, depth: int) -> Expr:
        name = self.take().text
        self.expect("(")
        arguments: list[Any] = []
        if not self.accept(")"):
            arguments.append(self.expression(0, depth + 1))
            while self.accept(","):
                arguments.append(self.expression(0, depth + 1))
            self.expect(")")
        return [name, *arguments]

    def after_primary(self, primary: Expr, depth: int) -> Expr:
        predicates = self.predicates(depth)
        if predicates:
            primary = ["filter", primary, *predicates]
        if self.token.text in ("/", "//") and self.token.kind == "sign":
            return ["path", primary, *self.steps(depth)]
        return primary

    def location(self, depth: int) -> Expr:
        """Read a location path: `/`, `/a/b`, `//a`, `a/b`, `.`, `..`, `@a`."""
        token = self.token
        if token.kind == "sign" and token.text in ("/", "//"):
            if token.text == "/" and not self.starts_step(self.tokens[self.index + 1]):
                self.take()
                return ["path", "/"]
            return ["path", "/", *self.steps(depth)]
        if not self.starts_step(token):
            raise self.fault(
                "expected a value" if token.kind == "end" else f"unexpected {token.text!r}"
            )
        steps = [self.step(depth)]
        if self.token.kind == "sign" and self.token.text in ("/", "//"):
            steps += self.steps(depth)
        if steps == [["self", "node()"]]:
            return ["."]
        return ["path", ".", *steps]

    def starts_step(self, token: Token) -> bool:
        return token.kind == "name" or (
            token.kind == "sign" and token.text in (".", "..", "@", "*")
        )

    def steps(self, depth: int) -> list[list[Any]]:
        """Read `/step` and `//step` as long as they come."""
        found: list[list[Any]] = []
        while self.token.kind == "sign" and self.token.text in ("/", "//"):
            if self.take().text == "//":
                found.append(["descendant-or-self", "node()"])
            if not self.starts_step(self.token):
                raise self.fault("expected a step of a path")
            found.append(self.step(depth))
        return found

    def step(self, depth: int) -> list[Any]:
        if self.accept("."):
            return self.no_predicate(["self", "node()"])
        if self.accept(".."):
            return self.no_predicate(["parent", "node()"])
        axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.token.kind == "name" and self.tokens[self.index + 1].text == "::":
            axis = self.take().text
            if axis not in AXES:
                self.index -= 1
                raise self.fault(f"unknown axis {axis!r}")
            self.expect("::")
        return [axis, self.node_test(), *self.predicates(depth)]

    def no_predicate(self, step: list[Any]) -> list[Any]:
        if self.token.text == "[":
            raise self.fault("'.' and '..' take no predicate")
        return step

    def node_test(self) -> str:
        token = self.token
        if self.accept("*"):
            return "*"
        if token.kind != "name":
            raise self.fault("expected a name")
        self.take()
        if token.text in NODE_TYPES and self.accept("("):
            if token.text == "processing-instruction" and self.token.kind == "string":
                self.take()
            self.expect(")")
            return token.text + "()"
        return token.text

    def predicates(self, depth: int) -> list[Expr]:
        found: list[Expr] = []
        while self.accept("["):
            found.append(self.expression(0, depth + 1))
            self.expect("]")
        return found


def _is_nodes(tree: Expr) -> bool:
    """Tell whether a tree can give nodes, as both sides of `|` must."""
    return isinstance(tree, list) and tree[0] not in BINDING.keys() - {"|"} and tree[0] != "neg"
