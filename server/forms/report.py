"""What checking a form tells its author: faults, sizes, gaps, in lines or as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types

from . import procedures, sources
from .findings import Finding, is_error
from .routes import COMPRESS
from .sources import Report
from .wording import elements_of

# Parts of the standard that a form may use and that are not served; told, and otherwise left out.
UNSUPPORTED = ("control-unsupported", "part-ignored", "part-plain", "type-unknown")
SHOWN = ("note", "group", "repeat")
UNREACHED = ("question-unreachable", "choice-unoffered")
LONG = 2 * 1024 * 1024


def forms_below(path: Path) -> list[Path]:
    """Return the forms a path names: a file, a procedure's folder, or all such folders below."""
    if not path.is_dir() or (path / procedures.STATED).is_file():
        return [path]
    found = sorted(file.parent for file in path.rglob(procedures.STATED))
    return found or [path]


def stated(report: Report) -> dict[str, Any]:
    """Return everything a check found in the shape that `--json` prints."""
    told: dict[str, Any] = {
        "name": report.name,
        "isGood": report.compiled is not None,
        "findings": [_finding(one) for one in report.findings],
        "unsupported": [_finding(one) for one in report.findings if _is(one, UNSUPPORTED)],
        "unreached": [_finding(one) for one in report.findings if _is(one, UNREACHED)],
        "translations": {
            language: [one.place for one in missing]
            for language, missing in untranslated(report.findings).items()
        },
    }
    made = report.compiled
    if made is not None:
        told |= {
            "digest": made.digest,
            "version": made.definition.version,
            "languages": made.definition.languages,
            "questions": sum(one.as_ not in SHOWN for one in elements_of(made.definition).values()),
            "size": _size(made.content),
            "lists": [
                {"file": name, "digest": digest, "size": _size(content)}
                for digest, (name, content) in made.resources.items()
            ],
            "media": [
                {"file": name, "digest": digest, "size": {"raw": len(content)}}
                for digest, (name, content) in made.media.items()
            ],
        }
    return told


def lines(report: Report) -> Iterator[str]:
    """Give what a check found as lines: findings in the order of the form, then the summary."""
    for one in report.findings:
        if one.code != "translation-missing":
            yield f"{one.level:7}  {one.place}: {one.en}"
    for language, missing in untranslated(report.findings).items():
        shown = "; ".join(one.place for one in missing[:20])
        more = f"; and {len(missing) - 20} more" if len(missing) > 20 else ""
        yield f"missing  {len(missing)} texts in {language}: {shown}{more}"
    told = stated(report)
    if not told["isGood"]:
        count = sum(map(is_error, report.findings))
        yield f"{report.name}: not publishable, {count} {'error' if count == 1 else 'errors'}"
        return
    size, lists = told["size"], told["lists"]
    asked = f"{told['questions']} question{'' if told['questions'] == 1 else 's'}"
    yield (
        f"{report.name}: {asked} in {', '.join(told['languages']) or '-'},"
        f" {size['raw']:,} bytes ({size['brotli']:,} as brotli), digest {told['digest'][:12]}"
    )
    for one in lists:
        size = one["size"]
        yield f"  list {one['file']}: {size['raw']:,} bytes ({size['brotli']:,} as brotli)"
    if told["media"]:
        whole = sum(one["size"]["raw"] for one in told["media"])
        yield f"  {len(told['media'])} pictures, sounds and films: {whole:,} bytes"


def untranslated(findings: list[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of missing translations by language."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        for language in one.languages:
            found[language].append(one)
    return dict(found)


def check(path: Path) -> list[Report]:
    """Check every form a path names."""
    return [sources.check(one) for one in forms_below(path)]


def _is(finding: Finding, codes: tuple[str, ...]) -> bool:
    return finding.code in codes


def _finding(one: Finding) -> dict[str, str]:
    return {
        "level": one.level,
        "code": one.code,
        "place": one.place,
        "vi": one.vi,
        "en": one.en,
    }


def _size(content: bytes) -> dict[str, int]:
    # A long list would be measured for a minute by what it will be served with.
    is_long = len(content) > LONG
    packed = brotli.compress(content, quality=5) if is_long else COMPRESS["br"](content)
    return {"raw": len(content), "brotli": len(packed)}
