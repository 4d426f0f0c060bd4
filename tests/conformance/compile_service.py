"""Reads expressions, documents and forms for an engine that has no parser of its own.

The phone's engine runs what the compiler wrote; to grade it on cases written as text, its adapter
asks this program, one JSON line for another:

    {"op": "expression", "expression": text, "doc": XML | null} -> {"tree": Expr, "document": Node?}
    {"op": "parse", "expression": text}                         -> {"ok": true}
    {"op": "form", "form": XML, "attachments": {…}}             -> {"definition": …, "resources": …}

Any of them answers `{"error": text}` instead. A document node is
`[kind, name, uri, text, [attribute…], [child…]]`.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from server.forms import documents, grammar
from server.forms.compiler import compile_form
from server.forms.functions import arity
from server.forms.tree import TreeNode

OPERATORS = frozenset(grammar.BINDING) | {"neg", "path", "filter", ".", "variable"}


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        try:
            answer = respond(json.loads(line))
        except Exception as fault:
            answer = {"error": str(fault) or type(fault).__name__}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()


def respond(message: dict[str, Any]) -> dict[str, Any]:
    """Do what one message asks."""
    if message["op"] == "parse":
        grammar.parse(message["expression"])
        return {"ok": True}
    if message["op"] == "form":
        return form(message)
    document = read(message["doc"]) if message.get("doc") else None
    tree = check(grammar.parse(message["expression"]), document)
    return {"tree": tree, "document": encode(document) if document else None}


def form(message: dict[str, Any]) -> dict[str, Any]:
    """Compile a form with its attachments, which the cases name by their address."""
    attachments = message.get("attachments") or {}
    files = {url.rpartition("/")[2]: one["text"].encode() for url, one in attachments.items()}
    compiled = compile_form(message["form"], files)
    return {
        "definition": json.loads(compiled.whole),
        "resources": {digest: json.loads(body) for digest, (_, body) in compiled.resources.items()},
    }


def read(xml: str) -> TreeNode:
    """Return a document. What no form has leaves a comment in its place, so that children keep
    their numbers: a document type an empty one, a processing instruction one that begins with `?`.
    """
    xml = re.sub(r"<!DOCTYPE[^>]*>", "<!---->", xml)
    return documents.read(re.sub(r"<\?(?!xml\s)\S+\s*(.*?)\?>", r"<!--?\1-->", xml))


def check(tree: Any, document: TreeNode | None) -> Any:
    """Mark what publishing refuses, and resolve `jr:itext` as the compiler does.

    The suites expect a fault only where the evaluation arrives at it, so a refused call becomes the
    head `refused`, which no engine knows.
    """
    if not isinstance(tree, list):
        return tree
    head, *arguments = tree
    if head == "path":
        steps = [[axis, test, *(check(p, document) for p in ps)] for axis, test, *ps in tree[2:]]
        return [head, check(tree[1], document), *steps]
    if head == "variable":
        return ["refused", f"unknown variable {arguments[0]}"]
    if head not in OPERATORS:
        limits = arity(head)
        if limits is None:
            return ["refused", f"unknown function {head}"]
        least, most = limits
        if len(arguments) < least or (most is not None and len(arguments) > most):
            return ["refused", f"{head} takes another number of arguments"]
    if head == "jr:itext" and document is not None and isinstance(arguments[0], str):
        return ["text", translations(document, arguments[0])]
    return [head, *(check(argument, document) for argument in arguments)]


def translations(document: TreeNode, name: str) -> dict[str, str]:
    """Return the wordings of one itext entry by language, the default language first."""
    found: list[tuple[bool, str, str]] = []
    for node in document.descendants():
        if node.kind != "element" or node.local() != "translation":
            continue
        for text in node.children:
            if text.kind == "element" and text.attribute("id") == name:
                values = [kid for kid in text.children if kid.kind == "element"]
                plain = next((kid for kid in values if kid.attribute("form") is None), None)
                words = plain.string() if plain else ""
                is_other = node.attribute("default") is None
                found.append((is_other, node.attribute("lang") or "", words))
    return {language: words for _, language, words in sorted(found, key=lambda entry: entry[0])}


def encode(node: TreeNode) -> list[Any]:
    """Return a node and all inside it as nested lists."""
    is_instruction = node.kind == "comment" and node.text.startswith("?")
    return [
        "instruction" if is_instruction else node.kind,
        node.name,
        node.uri,
        node.text[1:] if is_instruction else node.text,
        [encode(attribute) for attribute in node.attributes],
        [encode(child) for child in node.children],
    ]


if __name__ == "__main__":
    main()
