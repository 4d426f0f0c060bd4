"""Expression functions on nodes and places: counting, names, distance and area."""

from __future__ import annotations

from . import geography
from .context import Context
from .function import Function
from .tree import TreeNode
from .values import EvaluationFault, Value, string


def count(found: list[TreeNode]) -> float:
    """Count the nodes."""
    return float(len(found))


def count_non_empty(found: list[TreeNode]) -> float:
    """Count the nodes that hold text."""
    return float(sum(1 for node in found if node.string()))


def name(context: Context, found: list[TreeNode] | None = None) -> str:
    """Return the name of the first node."""
    node = _first(context, found)
    return node.name if node else ""


def local_name(context: Context, found: list[TreeNode] | None = None) -> str:
    """Return the name of the first node without its prefix."""
    node = _first(context, found)
    return node.local() if node else ""


def namespace_uri(context: Context, found: list[TreeNode] | None = None) -> str:
    """Return the namespace of the first node."""
    node = _first(context, found)
    return node.uri if node else ""


def _first(context: Context, found: list[TreeNode] | None) -> TreeNode | None:
    if found is None:
        return context.node
    return found[0] if found else None


def points(values: tuple[Value, ...]) -> list[geography.Point] | None:
    """Return the points that texts and nodes write, or None if one of them is no place."""
    found: list[geography.Point] = []
    for value in values:
        written = [node.string() for node in value] if isinstance(value, list) else [string(value)]
        for text in written:
            read = geography.points(text)
            if read is None:
                return None
            found += read
    return found


def distance(*values: Value) -> float:
    """Return the length in metres of the line through all points."""
    found = points(values)
    if found is None or len(found) < 2:
        raise EvaluationFault("distance needs two points or more")
    return geography.length(found)


def area(value: Value) -> float:
    """Return the area in square metres inside the line."""
    found = points((value,))
    return geography.area(found) if found else 0.0


def geofence(place: str, shape: Value) -> bool:
    """Tell whether a place lies inside a shape."""
    point = geography.points(place)
    outline = points((shape,))
    return bool(point and outline) and geography.contains(outline or [], (point or [])[0])


def uuid(context: Context, length: float = 0.0) -> str:
    """Return a random UUID, or a random text of letters and digits of a length."""
    if not length:
        return context.run.uuid()
    if length != length or not 0 < length <= 1000:
        raise EvaluationFault("uuid: the length must be 1 to 1000")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(letters[int(context.run.random() * len(letters))] for _ in range(int(length)))


FUNCTIONS: dict[str, Function] = {
    "count": Function("N", "n", count),
    "count-non-empty": Function("N", "n", count_non_empty),
    "name": Function("N", "s", name, least=0, asks=True),
    "local-name": Function("N", "s", local_name, least=0, asks=True),
    "namespace-uri": Function("N", "s", namespace_uri, least=0, asks=True),
    "distance": Function("v", "n", distance, most=None),
    "area": Function("v", "n", area),
    "geofence": Function("sv", "b", geofence),
    "uuid": Function("n", "s", uuid, least=0, asks=True, volatile=True),
}
