"""Expression text to tokens: numbers, texts, names, operators, signs.

Names may hold `-` and `.`, so operators are told from names by what stands before them: after an
operand, `and or div mod *` are operators; anywhere else they are names. As other engines in the
field do, an operator may touch the name that follows it (`3mod4`, `6andpath`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_LENGTH = 32_000

BINDING = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
NAME = r"[^\W\d][\w.\-·]*"
TOKEN = re.compile(
    rf"""(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<variable>\${NAME}(?::{NAME})?)
    |(?P<name>{NAME}(?::(?!:)(?:{NAME}|\*))?)
    |(?P<sign>::|//|\.\.|!=|<=|>=|[()\[\]@,./|+\-=<>*])""",
    re.VERBOSE,
)
SPACE = re.compile(r"\s*")
OPERAND_ENDS = frozenset((")", "]", ".", ".."))


class ExpressionFault(Exception):
    """An expression that cannot be read; `position` counts characters from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position})")
        self.message = message
        self.position = position


class Token(NamedTuple):
    """One token: its kind, its text and where it begins (from 0)."""

    kind: str
    text: str
    at: int


def scan(text: str) -> list[Token]:
    """Cut the text into tokens, telling operators from names; the last token has kind `end`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(f"longer than {MAX_LENGTH} characters", MAX_LENGTH)
    tokens: list[Token] = []
    at = _after_space(text, 0)
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            what = "unterminated text" if text[at] in "\"'" else f"unexpected {text[at]!r}"
            raise ExpressionFault(what, at + 1)
        kind = str(match.lastgroup)
        word = match.group()
        if _ends_operand(tokens):
            if word == "*":
                kind = "operator"
            elif kind == "name":
                operator = re.match("and|or|div|mod", word)
                if operator is None:
                    raise ExpressionFault(f"expected an operator before {word!r}", at + 1)
                kind, word = "operator", operator.group()
        if kind == "sign" and word in BINDING and word != "*":
            kind = "operator"
        tokens.append(Token(kind, word, at))
        at = _after_space(text, at + len(word))
    tokens.append(Token("end", "", len(text)))
    return tokens


def _after_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _ends_operand(tokens: list[Token]) -> bool:
    """Tell whether what was read so far ends an operand, so that a name now must be an operator."""
    if not tokens:
        return False
    last = tokens[-1]
    if last.kind in ("number", "string", "variable", "name"):
        return True
    return last.text in OPERAND_ENDS or (last.text == "*" and last.kind == "sign")
