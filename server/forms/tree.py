"""Nodes that expressions walk over: documents, lists and the form's own instance alike.

A node of a document keeps everything XPath can ask about (attributes, text, comments). The form's
own nodes (`instance.py`) and the rows of lists follow the same interface, so that `paths.py` knows
one kind of tree only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

CONTENT = frozenset(("element", "text"))


class TreeNode:
    """One node: `kind` is document, element, attribute, text, comment or processing-instruction.

    `name` is the name as written, prefix included; `uri` its namespace or the empty text;
    `text` the value of a leaf.
    """

    __slots__ = ("attributes", "children", "kind", "name", "parent", "text", "uri")

    def __init__(
        self,
        name: str,
        parent: TreeNode | None = None,
        kind: str = "element",
        text: str = "",
        uri: str = "",
    ) -> None:
        self.name = name
        self.uri = uri
        self.parent = parent
        self.kind = kind
        self.text = text
        self.children: Sequence[TreeNode] = ()
        self.attributes: Sequence[TreeNode] = ()

    def string(self) -> str:
        """Return the string-value of XPath: the text of all leaves below, joined."""
        if not self.children:
            return self.text
        return "".join(child.string() for child in self.children if child.kind in CONTENT)

    def local(self) -> str:
        """Return the name without its prefix."""
        return self.name.rpartition(":")[2]

    def root(self) -> TreeNode:
        """Return the topmost node of this tree."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def place(self) -> int:
        """Return the place among adjacent siblings of the same name, from 1."""
        place = 1
        for sibling in self.parent.children if self.parent else ():
            if sibling is self:
                break
            if sibling.kind == "element":
                place = place + 1 if sibling.name == self.name else 1
        return place

    def descendants(self) -> Iterator[TreeNode]:
        """Give every node below, in document order."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def attribute(self, local: str) -> str | None:
        """Return the value of the attribute with this local name, if there is one."""
        for node in self.attributes:
            if node.local() == local:
                return node.text
        return None


def order_key(node: TreeNode) -> tuple[int, ...]:
    """Return a key that sorts nodes of one tree in document order; attributes before children."""
    steps: list[int] = []
    parent = node.parent
    while parent is not None:
        siblings = parent.attributes if node.kind == "attribute" else parent.children
        place = next(i for i, other in enumerate(siblings) if other is node)
        steps.append(place - len(siblings) if node.kind == "attribute" else place)
        node, parent = parent, parent.parent
    return tuple(reversed(steps))


def in_document_order(nodes: list[TreeNode]) -> list[TreeNode]:
    """Return the nodes without repetition, in document order."""
    if len(nodes) < 2:
        return nodes
    unique = {id(node): node for node in nodes}
    return sorted(unique.values(), key=order_key)
