"""The secondary instances of a form: read, translated, and shared between forms by digest.

A list written by pyxform carries text ids (`itextId`); they become a translated `label` column, and
columns for pictures and sounds, so that no engine ever looks up an id. A list that came as a file
is a resource of its own, fetched once for all forms that name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from . import resources
from .definition import Element, Instance, Node, Text, decode_instance, digest_of, encode
from .findings import Findings
from .texts import Texts
from .tree import TreeNode
from .xform import XForm, elements

TEXT_IDS = "itextId"
MEDIA_COLUMNS = {"image": "image", "bigImage": "big-image", "audio": "audio", "video": "video"}


@dataclass(slots=True)
class Lists:
    """The lists of a form.

    `tables` by name as the compiler reads them, `written` as the definition has them, `files` the
    resources by digest with name and bytes, `renamed` the column that text ids became.
    """

    tables: dict[str, Instance] = field(default_factory=dict)
    written: dict[str, Instance] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)


def read(
    xform: XForm,
    attachments: Mapping[str, bytes],
    texts: Texts,
    findings: Findings,
    kept: Mapping[str, bytes] | None = None,
) -> Lists:
    """Read all secondary instances; a missing or broken file is a fault of the form.

    `kept`: lists by their file's name as they were compiled before, for those not attached.
    """
    lists = Lists()
    for name, element in xform.instances.items():
        source = element.attribute("src")
        place = f"instance {name}"
        if source is None:
            content = next(elements(element), None)
            if content is None:
                findings.error("instance-unreadable", place, name=name, detail="it is empty")
                continue
            table = resources.from_element(content)
            _translate(name, table, texts, lists, place)
            lists.tables[name] = lists.written[name] = table
        elif source.strip() == "jr://instance/last-saved":
            blank = Instance(tree=_blank(xform.root), last_saved=True)
            lists.tables[name] = lists.written[name] = blank
        else:
            _attach(name, source, (attachments, kept or {}), lists, findings)
    return lists


def remark_last_saved(
    lists: Lists, nodes: list[Node], body: list[Element], findings: Findings
) -> None:
    """Warn where something other than a default reads the last dossier: there it is empty."""
    for name, instance in lists.tables.items():
        shown = msgspec.to_builtins((nodes, body)) if instance.last_saved else None
        if _reads(shown, name):
            detail = "only defaults read the last dossier; elsewhere it reads as empty"
            findings.warning("part-ignored", f"instance {name}", name="last-saved", detail=detail)


def _reads(part: object, name: str) -> bool:
    if isinstance(part, dict):
        return any(_reads(one, name) for one in part.values())
    if not isinstance(part, list | tuple):
        return False
    return list(part[:2]) in (["instance", name], ["lookup", name]) or any(
        _reads(one, name) for one in part
    )


def _attach(
    name: str,
    source: str,
    files: tuple[Mapping[str, bytes], Mapping[str, bytes]],
    lists: Lists,
    findings: Findings,
) -> None:
    """Add a list that is a file, attached or kept.

    `jr://file-csv/x.csv` and `jr://file/x.csv` name `x.csv`.
    """
    file = source.strip().rpartition("/")[2]
    attachments, kept = files
    content = attachments.get(file, attachments.get(source.strip()))
    if content is None and file not in kept:
        findings.error("instance-unknown", f"instance {name}", name=file)
        return
    try:
        table = (
            decode_instance(kept[file]) if content is None else resources.from_file(file, content)
        )
    except resources.ResourceFault as fault:
        place = f"instance {name}"
        findings.error("instance-unreadable", place, name=file, detail=str(fault))
        return
    encoded = encode(table)
    digest = digest_of(encoded)
    lists.tables[name] = table
    lists.written[name] = Instance(resource=digest)
    lists.files[digest] = (file, encoded)


def _translate(name: str, table: Instance, texts: Texts, lists: Lists, place: str) -> None:
    """Replace the column of text ids by what the texts say."""
    columns, values = table.columns, table.values
    if columns is None or values is None or TEXT_IDS not in columns:
        return
    at = columns.index(TEXT_IDS)
    names = values[columns.index("name")] if "name" in columns else values[at]
    said = [
        texts.named(str(cell), f"{place} {of}", 0)
        for cell, of in zip(values[at], names, strict=True)
    ]
    label = TEXT_IDS if "label" in columns else "label"
    lists.renamed[name] = columns[at] = label
    values[at] = [row.get("label", "") for row in said]
    for kind, column in MEDIA_COLUMNS.items():
        if any(kind in row for row in said) and column not in columns:
            columns.append(column)
            cells: list[Text] = [row.get(kind, "") for row in said]
            values.append(cells)


def _blank(element: TreeNode) -> list[object]:
    parts = [_blank(part) for part in elements(element)]
    return [element.name, None, parts or ""]
