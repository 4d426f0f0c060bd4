"""The compiled form: what the compiler writes and both engines read.

The types follow docs/contracts.md, section 1, and `pwa/forms/engine/definition.ts` states the same.
A definition is encoded once, with its keys in the order of the fields below; the SHA-256 of those
bytes is the name of the version.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeAlias

import msgspec

# Expr is `number | text | [operator, argument…]`: recursive, so Any stands for the arguments.
Expr: TypeAlias = int | float | str | list[Any]
# Rich is text, or pieces of text and `{"x": Expr}` for an <output>.
Rich: TypeAlias = str | list[Any]
# Text is the same in every language, or one Rich per language.
Params: TypeAlias = dict[str, str | int | float | bool]
Text: TypeAlias = str | list[Any] | dict[str, Any]


class Node(msgspec.Struct, rename="camel", omit_defaults=True):
    """One node of the primary instance, with the binds that rule it."""

    name: str
    parent: int
    kind: str
    type: str | None = None
    value: str | None = None
    calculate: Expr | None = None
    relevant: Expr | None = None
    readonly: Expr | None = None
    required: Expr | None = None
    constraint: Expr | None = None
    required_message: Text | None = None
    constraint_message: Text | None = None
    count: Expr | None = None
    fixed: bool = False
    preload: tuple[str, str] | None = None
    save_to: str | None = None
    initial: list[dict[str, Any]] | None = None


class Choice(msgspec.Struct, rename="camel", omit_defaults=True):
    """One choice written in the question itself."""

    value: str
    label: Text
    media: dict[str, Text] | None = None


class Choices(msgspec.Struct, rename="camel", omit_defaults=True):
    """Where a question's choices come from: written out, an instance, or the form's own nodes."""

    items: list[Choice] | None = None
    instance: str | None = msgspec.field(default=None, name="in")
    source: Expr | None = msgspec.field(default=None, name="from")
    value: str | None = None
    label: str | None = None
    media: dict[str, str] | None = None
    where: list[tuple[str, Expr]] | None = None
    filter: Expr | None = None
    randomize: bool | Expr | None = None


class Element(msgspec.Struct, rename="camel", omit_defaults=True):
    """One thing shown: a control, a note, a group or a repeat."""

    as_: str = msgspec.field(name="as")
    node: int | None = None
    label: Text | None = None
    hint: Text | None = None
    guidance: Text | None = None
    media: dict[str, Text] | None = None
    appearance: list[str] | None = None
    mediatype: str | None = None
    params: Params | None = None
    choices: Choices | None = None
    items: list[Element] | None = None


class Instance(msgspec.Struct, rename="camel", omit_defaults=True):
    """A secondary instance: a table by columns, a reference to a resource, or a tree.

    With `last_saved` the tree is the form's own, empty: the phone puts the answers of the last
    dossier there while a new draft takes its first values.
    """

    resource: str | None = None
    columns: list[str] | None = None
    values: list[list[Text]] | None = None
    tree: list[Any] | None = None
    last_saved: bool = False


class Action(msgspec.Struct, rename="camel", omit_defaults=True):
    """A `setvalue`: when an event happens, a node takes a value.

    `to` picks among the nodes of `set` where the reference has predicates. With `ask` the value is
    for the phone to find (`geopoint`), not for the engine.
    """

    on: list[str]
    set: int
    value: Expr
    to: Expr | None = None
    ask: str | None = None
    of: int | None = None
    in_: int | None = msgspec.field(default=None, name="in")


class Definition(msgspec.Struct, rename="camel", omit_defaults=True):
    """A whole form. `nodes[0]` is the root; the first language is the default.

    `media` are the digests of the pictures and sounds that its words name, by file name;
    `translations` those of the files with the words of other languages, in the form as served.
    """

    id: str
    version: str
    title: Text
    languages: list[str]
    nodes: list[Node]
    body: list[Element]
    instances: dict[str, Instance]
    order: list[tuple[int, str]]
    feeds: list[list[int]]
    actions: list[Action]
    media: dict[str, str] = msgspec.field(default_factory=dict)
    translations: dict[str, str] = msgspec.field(default_factory=dict)
    hoso: int = 1


def encode(value: Definition | Instance) -> bytes:
    """Return the compact UTF-8 JSON that is stored and served.

    `hoso` comes first, as the contract writes it: the first bytes tell the format.
    """
    body: bytes = msgspec.json.encode(value)
    return b'{"hoso":1,' + body[1:] if isinstance(value, Definition) else body


def decode(content: bytes) -> Definition:
    """Read a definition back from its bytes."""
    return msgspec.json.decode(content, type=Definition)


def decode_instance(content: bytes) -> Instance:
    """Read a resource back from its bytes."""
    return msgspec.json.decode(content, type=Instance)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 lower-case hex digits."""
    return hashlib.sha256(content).hexdigest()
