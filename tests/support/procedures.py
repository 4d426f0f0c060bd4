"""The procedures of the repository for tests: each form as XForm XML, its files, its expressions.

`Sheet` reads one folder below pwa/forms/procedures. It answers what the form says (nodes, binds,
texts by language) and computes single rules with answers given by question name, so that a test can
put a rule to the proof without walking through the whole form.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import yaml
from defusedxml.ElementTree import fromstring
from pyxform.xls2xform import convert

from server.forms.context import Context, Run
from server.forms.evaluate import Builder
from server.forms.grammar import parse
from server.forms.tree import TreeNode

FORMS = Path(__file__).resolve().parents[2] / "pwa" / "forms"
SLUGS = sorted(folder.name for folder in (FORMS / "procedures").iterdir() if folder.is_dir())
XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
TODAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a comma-separated file by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def shared_list(name: str) -> list[dict[str, str]]:
    """Return the rows of pwa/forms/lists/<name>.csv."""
    return rows(FORMS / "lists" / f"{name}.csv")


@cache
def list_instance(name: str) -> TreeNode:
    """Return a shared list as the secondary instance a form sees: root/item/<column>."""
    document = TreeNode("", kind="document")
    root = TreeNode("root", document)
    document.children = [root]
    items = []
    for row in shared_list(name):
        item = TreeNode("item", root)
        item.children = [TreeNode(column, item, text=cell) for column, cell in row.items()]
        items.append(item)
    root.children = items
    return document


class ListRun(Run):
    """A pass at TODAY in Việt Nam that knows the shared lists."""

    def instance(self, name: str) -> list[TreeNode]:
        """Return the list of that name."""
        return [list_instance(name)]


class Sheet:
    """One folder: `xform` the root element, `binds` by reference, `warnings` of the conversion."""

    def __init__(self, slug: str) -> None:
        self.folder = FORMS / "procedures" / slug
        self.text = (self.folder / "form.md").read_text(encoding="utf-8")
        made = convert(xlsform=self.text, file_type=".md")
        self.warnings: list[str] = made.warnings
        self.xform: Element = fromstring(made.xform)
        self.binds = {bind.attrib["nodeset"]: bind for bind in self.xform.iter(f"{XF}bind")}
        self.names = {reference.rpartition("/")[2]: reference for reference in self.binds}
        self.fields = rows(self.folder / "fields.csv")
        self.procedure: dict[str, Any] = yaml.safe_load(
            (self.folder / "procedure.yaml").read_text(encoding="utf-8")
        )

    def references(self) -> set[str]:
        """Return the references of all nodes of the primary instance, groups and repeats too."""
        data = next(self.xform.iter(f"{XF}instance"))[0]

        def below(element: Element, path: str) -> Iterator[str]:
            for child in element:
                reference = f"{path}/{child.tag.rpartition('}')[2]}"
                yield reference
                yield from below(child, reference)

        return set(below(data, "/data"))

    def words(self) -> dict[str, dict[str, str]]:
        """Return the translated texts: text id → language → words, outputs as `…`."""
        found: dict[str, dict[str, str]] = {}
        for translation in self.xform.iter(f"{XF}translation"):
            for text in translation:
                value = text.find(f"{XF}value")
                said = "" if value is None else _with_gaps(value)
                found.setdefault(text.attrib["id"], {})[translation.attrib["lang"]] = said
        return found

    def computed(self, name: str, rule: str, **answers: str) -> str:
        """Return a bind's `calculate`, `relevant`, `required` or `constraint` with these answers.

        Calculations are computed in the order of the form before; truth is "true" or "false".
        """
        document, nodes = self._answered(answers)
        for reference, bind in self.binds.items():
            if "calculate" in bind.attrib and reference.rpartition("/")[2] not in answers:
                nodes[reference].text = self._value(
                    bind.attrib["calculate"], document, nodes, reference
                )
        reference = self.names[name]
        expression = self.binds[reference].attrib[rule]
        if rule == "calculate":
            return nodes[reference].text
        return self._value(f"string(boolean({expression}))", document, nodes, reference)

    def _answered(self, answers: dict[str, str]) -> tuple[TreeNode, dict[str, TreeNode]]:
        document = TreeNode("", kind="document")
        nodes: dict[str, TreeNode] = {}

        def copied(element: Element, parent: TreeNode, path: str) -> TreeNode:
            name = element.tag.rpartition("}")[2]
            reference = f"{path}/{name}"
            node = TreeNode(name, parent, text=answers.get(name, element.text or ""))
            nodes[reference] = node
            node.children = [
                copied(child, node, reference)
                for child in element
                if f"{JR}template" not in child.attrib
            ]
            return node

        document.children = [copied(next(self.xform.iter(f"{XF}instance"))[0], document, "")]
        unknown = set(answers) - {node.name for node in nodes.values()}
        if unknown:
            raise KeyError(f"no such question: {', '.join(sorted(unknown))}")
        return document, nodes

    def _value(
        self, expression: str, document: TreeNode, nodes: dict[str, TreeNode], reference: str
    ) -> str:
        run = ListRun(
            now_ms=TODAY.timestamp() * 1000,
            zone=ZoneInfo("Asia/Ho_Chi_Minh"),
            random=lambda: 0.5,
            root=document,
        )
        node = nodes[reference]
        return built(expression)(Context(node, node, run))


def _with_gaps(value: Element) -> str:
    return ((value.text or "") + "".join(f"…{output.tail or ''}" for output in value)).strip()


@cache
def built(expression: str) -> Callable[[Context], str]:
    """Return an expression as a function that gives text."""
    closure: Callable[[Context], str] = Builder().text(parse(expression))
    return closure


@cache
def sheet(slug: str) -> Sheet:
    """Return a folder's form, converted once a test run."""
    return Sheet(slug)
