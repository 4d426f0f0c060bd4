"""Names of communes and provinces by their official codes, from the lists the forms use."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ..errors import Problem
from ..settings import ROOT

LISTS = ROOT / "pwa" / "forms" / "lists"


@dataclass(frozen=True, slots=True)
class Unit:
    """One commune-level unit with its province."""

    code: str
    name: str
    province_code: str
    province_name: str


def find_commune(code: str, lists: Path = LISTS) -> Unit:
    """The unit of an official commune code. Raises `commune-unknown`."""
    provinces = {row["name"]: row["label"] for row in _rows(lists / "provinces.csv")}
    for row in _rows(lists / "communes.csv"):
        if row["name"] == code:
            province = row["province"]
            return Unit(code, row["label"], province, provinces.get(province, ""))
    raise Problem("commune-unknown", {"commune": code})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
