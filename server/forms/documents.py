"""XML text to nodes, for XForm XML and lists attached as XML; the text may come from anyone.

Document types and entities are refused, so there is nothing to expand and nothing to fetch; size,
depth and number of nodes are limited. Names keep their prefix, nodes know their namespace.
"""

from __future__ import annotations

from xml.parsers import expat

from .tree import TreeNode

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 60
MAX_NODES = 600_000


class DocumentFault(Exception):
    """XML that is broken or refused; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


def read(content: str | bytes) -> TreeNode:
    """Return the document node of an XML text, comments and white space kept."""
    if len(content) > MAX_BYTES:
        raise DocumentFault(f"larger than {MAX_BYTES} bytes", 1, 1)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as fault:
        message = expat.errors.messages[fault.code]
        raise DocumentFault(message, fault.lineno, fault.offset + 1) from fault
    return reader.document


class _Reader:
    """Builds the tree from expat's events."""

    def __init__(self) -> None:
        self.document = TreeNode("", kind="document")
        self.document.children = []
        self.open = [self.document]
        self.names: list[dict[str, str]] = [{"": "", "xml": "http://www.w3.org/XML/1998/namespace"}]
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.CommentHandler = self.comment
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_entity

    def fault(self, message: str) -> DocumentFault:
        return DocumentFault(
            message, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        )

    def refuse_doctype(self, *_: object) -> None:
        raise self.fault("a document type is not allowed")

    def refuse_entity(self, *_: object) -> None:
        raise self.fault("an entity is not allowed")

    def start(self, name: str, pairs: list[str]) -> None:
        if len(self.open) > MAX_DEPTH:
            raise self.fault(f"nested deeper than {MAX_DEPTH}")
        written = list(zip(pairs[::2], pairs[1::2], strict=True))
        names = self.names[-1]
        declared = {
            key.partition(":")[2]: value
            for key, value in written
            if key == "xmlns" or key.startswith("xmlns:")
        }
        if declared:
            names = {**names, **declared}
        self.names.append(names)
        node = self.add(name, "element", "")
        node.uri = self.namespace(name, names)
        node.children = []
        attributes = []
        for key, value in written:
            if key == "xmlns" or key.startswith("xmlns:"):
                continue
            uri = self.namespace(key, names) if ":" in key else ""
            attributes.append(TreeNode(key, node, "attribute", value, uri))
        node.attributes = attributes
        self.open.append(node)

    def namespace(self, name: str, names: dict[str, str]) -> str:
        prefix = name.rpartition(":")[0]
        if prefix not in names:
            raise self.fault(f"the prefix {prefix!r} is not declared")
        return names[prefix]

    def end(self, _name: str) -> None:
        self.open.pop()
        self.names.pop()

    def text(self, text: str) -> None:
        self.add("", "text", text)

    def comment(self, text: str) -> None:
        self.add("", "comment", text)

    def instruction(self, target: str, text: str) -> None:
        self.add(target, "processing-instruction", text)

    def add(self, name: str, kind: str, text: str) -> TreeNode:
        self.count += 1
        if self.count > MAX_NODES:
            raise self.fault(f"more than {MAX_NODES} nodes")
        parent = self.open[-1]
        node = TreeNode(name, parent, kind, text)
        parent.children.append(node)  # type: ignore[attr-defined]
        return node
