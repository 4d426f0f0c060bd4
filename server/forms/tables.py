"""Secondary instances while a form runs: indexes, rows as nodes, labels by language.

A table is made once per published list and shared by everything that runs on it; it only ever adds
to its caches.
"""

from __future__ import annotations

from typing import Any

from .definition import Instance, Text
from .tree import TreeNode


def plain(text: Text | None, language: str, languages: list[str]) -> Any:
    """Return a Text in a language, else in the first of the form's that has it (may be Rich)."""
    if not isinstance(text, dict):
        return "" if text is None else text
    if language in text:
        return text[language]
    return next((text[code] for code in languages if code in text), next(iter(text.values()), ""))


def bare(text: Text | None, language: str, languages: list[str]) -> str:
    """Return a Text in a language without its outputs."""
    said = plain(text, language, languages)
    if isinstance(said, str):
        return said
    return "".join(piece for piece in said if isinstance(piece, str))


class Table:
    """One secondary instance, of any kind."""

    def __init__(self, instance: Instance, languages: list[str]) -> None:
        self.languages = languages
        self.written_tree = instance.tree
        values = instance.values or []
        self.columns = dict(zip(instance.columns or [], values, strict=True))
        self.size = len(values[0]) if values else 0
        self.indexes: dict[tuple[str, str], dict[str, list[int]]] = {}
        self.trees: dict[str, TreeNode] = {}

    def cell(self, column: str, row: int, language: str) -> str:
        """Return a cell as text in a language."""
        cell = self.columns[column][row]
        return cell if isinstance(cell, str) else bare(cell, language, self.languages)

    def index(self, column: str, language: str) -> dict[str, list[int]]:
        """Return the rows by the text of a column."""
        found = self.indexes.get((column, language))
        if found is None:
            found = {}
            for row in range(self.size):
                found.setdefault(self.cell(column, row, language), []).append(row)
            self.indexes[column, language] = found
        return found

    def rows(self, column: str, key: str, language: str) -> list[int]:
        """Return the rows whose column holds a text."""
        return self.index(column, language).get(key, [])

    def cells(self, column: str, key: str, out: str, language: str) -> list[TreeNode]:
        """Return the cells of a column in the rows whose other column holds a text."""
        found = self.rows(column, key, language)
        return [TreeNode(out, text=self.cell(out, row, language)) for row in found]

    def tree(self, language: str) -> TreeNode:
        """Return the `instance` node, whose child is the root element, in a language."""
        found = self.trees.get(language)
        if found is None:
            found = TreeNode("instance")
            root = self._tree(found, self.written_tree) if self.written_tree else None
            found.children = [root or self._root(found, language)]
            self.trees[language] = found
        return found

    def item(self, row: int, language: str) -> TreeNode:
        """Return the node of a row."""
        return self.tree(language).children[0].children[row]

    def _root(self, top: TreeNode, language: str) -> TreeNode:
        root = TreeNode("root", top)
        items = []
        for row in range(self.size):
            item = TreeNode("item", root)
            item.children = [
                TreeNode(column, item, text=self.cell(column, row, language))
                for column in self.columns
            ]
            items.append(item)
        root.children = items
        return root

    def _tree(self, parent: TreeNode, written: list[Any]) -> TreeNode:
        name, attributes, content = written
        node = TreeNode(name, parent)
        node.attributes = [
            TreeNode(key, node, "attribute", text) for key, text in (attributes or {}).items()
        ]
        if isinstance(content, str):
            node.text = content
        else:
            node.children = [self._tree(node, part) for part in content]
        return node
