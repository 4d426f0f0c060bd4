"""What the audit of dependencies says of licences and advisories, and what it must not hide."""

import importlib.util
import json
from email.message import Message
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CI = Path(__file__).resolve().parents[2] / ".ci"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CI / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    return load("licences")


@pytest.fixture(scope="module")
def advisories() -> ModuleType:
    return load("advisories")


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND AGPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND BSD-3-Clause", True),
        ("LGPL-3.0-or-later", False),
        ("Proprietary", False),
        ("(not installed)", False),
        ("", False),
    ],
)
def test_only_licences_that_let_hoso_stay_apache_are_allowed(
    licences: ModuleType, expression: str, is_allowed: bool
) -> None:
    assert licences.is_allowed(expression) is is_allowed


@pytest.mark.parametrize(
    ("fields", "text", "licence"),
    [
        ([("License-Expression", "MIT"), ("License", "BSD")], "", "MIT"),
        ([("Classifier", "License :: OSI Approved :: BSD License")], "", "BSD-3-Clause"),
        ([("License", "PSFL")], "", "PSF-2.0"),
        ([("Classifier", "License :: OSI Approved :: GNU General Public License v3")], "", None),
        ([], "Redistribution and use in source\nand binary forms, with or without", "BSD-3-Clause"),
        ([], "GNU GENERAL PUBLIC LICENSE Version 3", ""),
    ],
)
def test_licence_is_read_from_what_a_package_says_of_itself(
    licences: ModuleType, fields: list[tuple[str, str]], text: str, licence: str | None
) -> None:
    metadata = Message()
    for name, value in fields:
        metadata[name] = value
    told = licences.told(metadata, iter([text]))
    assert told == licence if licence is not None else not licences.is_allowed(told)


def test_package_that_is_not_installed_or_tells_nothing_fails(
    licences: ModuleType, tmp_path: Path
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "khong-co-goi-nay==1.0 \\\n    --hash=sha256:0\nnope==1 ; sys_platform == 'x'\n"
    )
    assert [*licences.of_python(lock)] == [("khong-co-goi-nay", "(not installed)")]
    place = tmp_path / "node_modules" / "thu"
    place.mkdir(parents=True)
    (place / "package.json").write_text("{}")
    locked = {
        "": {},
        "node_modules/thu": {},
        "node_modules/vang": {},
        "node_modules/dev": {"dev": 1},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": locked}))
    assert [*licences.of_client(tmp_path)] == [("thu", ""), ("vang", "(not installed)")]


def test_everything_that_ships_has_an_allowed_licence(licences: ModuleType) -> None:
    wrong = {
        name: licence for name, licence in licences.of_python() if not licences.is_allowed(licence)
    }
    assert wrong == {}


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "thu", "version": "1.0", "vulns": []}
FAULTY = {"name": "hong", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "la", "skip_reason": "Dependency not found on PyPI"}


def test_known_vulnerability_is_told_with_the_version_that_mends_it(advisories: ModuleType) -> None:
    found = advisories.of_pip_audit(1, report(SOUND, FAULTY), "")
    assert (found.asked, found.unheard) == (2, "")
    assert found.known == ["hong 2.0: PYSEC-1, mended in 2.1"]


def test_package_that_was_skipped_counts_as_not_asked(advisories: ModuleType) -> None:
    some = advisories.of_pip_audit(0, report(SOUND, SKIPPED), "No known vulnerabilities found")
    assert (some.asked, some.known) == (1, [])
    assert some.unheard == "no answer about 1 of 2 packages: la"
    none = advisories.of_pip_audit(0, report(SKIPPED), "No known vulnerabilities found")
    assert (none.asked, none.unheard) == (0, "no answer about 1 of 1 packages")


def test_service_out_of_reach_is_told_and_any_other_failure_raised(advisories: ModuleType) -> None:
    away = advisories.of_pip_audit(1, "", "x\nConnectionError: https://host/x did not answer")
    assert away.unheard == "ConnectionError: the service did not answer"
    assert (away.asked, away.known) == (0, [])
    with pytest.raises(ValueError, match="unrecognized arguments"):
        advisories.of_pip_audit(2, "", "pip-audit: error: unrecognized arguments: --x")
    with pytest.raises(ValueError, match="npm audit ended with 1"):
        advisories.of_npm_audit(1, "", "something else")


def test_answers_of_npm_are_read_the_same_way(advisories: ModuleType) -> None:
    total = {"dependencies": {"total": 5}}
    faults = {"hong": {"severity": "high", "range": "<2"}}
    found = advisories.of_npm_audit(
        1, json.dumps({"vulnerabilities": faults, "metadata": total}), ""
    )
    assert (found.asked, found.known) == (5, ["hong: high, in versions <2"])
    away = advisories.of_npm_audit(1, json.dumps({"message": "405", "statusCode": 405}), "")
    assert (away.asked, away.unheard) == (0, "405")
