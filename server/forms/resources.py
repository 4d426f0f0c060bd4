"""Secondary instances: lists inside a form, and CSV, XML and GeoJSON files attached to it.

A list whose items all have the same simple parts becomes a table by columns, which is small on the
wire and searched by index; any other XML stays a tree. A CSV whose header translates its labels
(`label::Tiếng Việt (vi)`) gets one translated `label` column.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any

from . import documents
from .definition import Instance, Text
from .tree import TreeNode

MAX_ROWS = 100_000
MAX_COLUMNS = 200
DELIMITERS = ",;\t|"


class ResourceFault(Exception):
    """A list that cannot be read."""


def from_file(name: str, content: bytes) -> Instance:
    """Read an attached file by the ending of its name."""
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return from_csv(content)
    if ending in ("geojson", "json"):
        return from_geojson(content)
    try:
        document = documents.read(content)
    except documents.DocumentFault as fault:
        raise ResourceFault(str(fault)) from fault
    return from_element(document.children[-1])


def from_csv(content: bytes) -> Instance:
    """Read a CSV file: first row the columns; comma, semicolon, tab or bar between cells."""
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise ResourceFault(f"not UTF-8 at byte {fault.start}") from fault
    text = text.replace("\r\n", "\n").replace("\n\r", "\n").replace("\r", "\n")
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as fault:
        raise ResourceFault(str(fault)) from fault
    if not rows:
        raise ResourceFault("it is empty")
    columns = [column.strip() for column in rows[0]]
    if len(rows) > MAX_ROWS or len(columns) > MAX_COLUMNS:
        raise ResourceFault(f"more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
    cells = [[row[i] if i < len(row) else "" for row in rows[1:]] for i in range(len(columns))]
    return _merged(columns, cells)


def _merged(columns: list[str], cells: list[list[str]]) -> Instance:
    """Join the columns of one translated name into one column of texts by language."""
    names: list[str] = []
    values: list[list[Text]] = []
    spoken: dict[str, dict[str, list[str]]] = {}
    for column, column_cells in zip(columns, cells, strict=True):
        name, mark, language = column.partition("::")
        if not mark:
            names.append(column)
            values.append(list(column_cells))
            continue
        name = name.strip()
        if name not in spoken:
            spoken[name] = {}
            names.append(name)
            values.append([])
        spoken[name][code_of(language.strip())] = column_cells
    for name, languages in spoken.items():
        rows = zip(*languages.values(), strict=True)
        values[names.index(name)] = [
            {code: cell for code, cell in zip(languages, row, strict=True) if cell} for row in rows
        ]
    return Instance(columns=names, values=values)


def code_of(language: str) -> str:
    """Return `vi` of `Tiếng Việt (vi)`, or the whole name when it ends in no code."""
    name, mark, code = language.rstrip(") ").rpartition("(")
    return code.strip() if mark and name and code.strip() else language


def from_geojson(content: bytes) -> Instance:
    """Read a GeoJSON feature collection: a row per feature, `geometry` as OpenRosa writes it."""
    try:
        collection = json.loads(content)
        features = collection["features"]
        rows = [_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ResourceFault(f"not a GeoJSON feature collection: {fault}") from fault
    columns: list[str] = list(dict.fromkeys(key for row in rows for key in row))
    return Instance(
        columns=columns, values=[[row.get(column, "") for row in rows] for column in columns]
    )


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    geometry = feature.get("geometry") or {}
    kind = geometry.get("type")
    places: list[Any] = geometry.get("coordinates") or []
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0]
    row = {"geometry": "; ".join(f"{p[1]} {p[0]} 0 0" for p in places)}
    for key, value in (feature.get("properties") or {}).items():
        row[key] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "id" in feature:
        row["id"] = str(feature["id"])
    return row


def from_element(root: TreeNode) -> Instance:
    """Read the root element of an instance: a table when every item is flat, else a tree."""
    table = _table(root)
    return table if table else Instance(tree=_tree(root))


def _table(root: TreeNode) -> Instance | None:
    items = [child for child in root.children if child.kind == "element"]
    if root.name != "root" or any(item.name != "item" or item.attributes for item in items):
        return None
    rows: list[dict[str, str]] = []
    for item in items:
        row: dict[str, str] = {}
        for part in item.children:
            if part.kind != "element":
                if part.text.strip() and part.kind == "text":
                    return None
                continue
            leaf = all(child.kind != "element" for child in part.children)
            if not leaf or part.name in row or part.attributes:
                return None
            row[part.name] = part.string()
        rows.append(row)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if any(len(row) != len(columns) for row in rows) or not rows:
        return None
    return Instance(columns=columns, values=[[row[name] for row in rows] for name in columns])


def _tree(node: TreeNode) -> list[Any]:
    attributes = {attribute.name: attribute.text for attribute in node.attributes} or None
    parts = [child for child in node.children if child.kind == "element"]
    if not parts:
        return [node.name, attributes, node.string()]
    return [node.name, attributes, [_tree(part) for part in parts]]
