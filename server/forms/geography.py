"""Lengths and areas on the globe, for `distance`, `area` and `geofence`.

A place is written `latitude longitude [altitude [accuracy]]`, a line or shape as places joined by
`;`. The earth is a ball of 6,378,100 m, as everywhere in the ODK family, so results agree with it;
metres and square metres are rounded to two decimals.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
RADIUS = 6_378_100.0
COORDINATE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def points(text: str) -> list[Point] | None:
    """Read the points of a geopoint, trace or shape; None if anything in it is no place."""
    found: list[Point] = []
    for written in text.split(";"):
        parts = written.split()
        if not parts:
            continue
        if len(parts) < 2 or len(parts) > 4 or not all(map(COORDINATE.fullmatch, parts)):
            return None
        latitude, longitude = float(parts[0]), float(parts[1])
        if abs(latitude) > 90 or abs(longitude) > 180:
            return None
        found.append((latitude, longitude))
    return found or None


def length(line: list[Point]) -> float:
    """Return the length of the line in metres, each leg along a great circle."""
    return _cents(sum(_leg(a, b) for a, b in pairwise(line)))


def _leg(a: Point, b: Point) -> float:
    if a == b:
        return 0.0
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    turn = math.radians(b[1] - a[1])
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * RADIUS


def area(outline: list[Point]) -> float:
    """Return the area inside the outline in square metres; the last point joins the first."""
    if len(outline) < 3:
        return 0.0
    doubled = 0.0
    for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
        turn = math.radians(b[1] - a[1])
        doubled += turn * (2 + math.sin(math.radians(a[0])) + math.sin(math.radians(b[0])))
    return _cents(doubled * RADIUS * RADIUS / 2)


def _cents(value: float) -> float:
    return abs(math.floor(value * 100 + 0.5) / 100)


def contains(outline: list[Point], place: Point) -> bool:
    """Tell whether a place lies inside a closed line: a ray from it crosses it an odd time."""
    if outline[0] != outline[-1]:
        return False
    x, y = place
    inside = False
    for (ax, ay), (bx, by) in pairwise(outline):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
