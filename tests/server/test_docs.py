"""What the documentation names exists: files, links between pages, problem codes, make targets."""

import re
from pathlib import Path

import pytest

from server.errors import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCE = re.compile(r"`((?:server|pwa|tests|migrations|docs|\.ci)/[\w./<>*-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_a_page_names_exists(page: Path) -> None:
    named = {path for path in SOURCE.findall(page.read_text()) if "<" not in path}
    missing = [path for path in named if not any(ROOT.glob(path.rstrip("/")))]
    # What a build or a run makes is not in the repository.
    made = ("pwa/dist", "pwa/node_modules", "tests/journeys/failures", "tests/bench/results")
    assert [path for path in missing if not path.startswith(made)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([\w./-]+\.(?:md|png))\)", page.read_text())
    pictures = re.findall(r'<img src="([^"]+)"', page.read_text())
    assert [link for link in links + pictures if not (page.parent / link).exists()] == []


def test_the_readme_names_only_targets_that_make_has() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert named
    assert named <= targets


def test_problems_the_contract_names_are_in_the_catalogue() -> None:
    text = (ROOT / "docs" / "contracts.md").read_text()
    verdicts = re.findall(r"`refused`, `([a-z-]+)`|403 `([a-z-]+)`|\(`(upload-[a-z-]+)`\)", text)
    named = {code for found in verdicts for code in found if code}
    assert named
    assert named <= CATALOGUE.keys()
