"""What a check, a comparison and a rehearsal found, in the words of the desk's pages (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..forms.difference import Change
from ..forms.rehearsal import Outcome
from .wording import size
from .words import WORDS, say

# What a page shows of each kind; a form in which everything is wrong is told so by its count.
SHOWN = 100
PLACES: tuple[tuple[str, str], ...] = (
    (r"(?P<sheet>\w+) row (?P<row>\d+), (?P<column>.+?)(?: \((?P<path>/.+)\))?", "place-column"),
    (r"(?P<sheet>\w+) row (?P<row>\d+)(?: \((?P<path>/.+)\))?", "place-row"),
    (r"(?P<sheet>\w+) sheet", "place-sheet"),
    (r"line (?P<line>\d+)", "place-line"),
    (r"instance (?P<name>.+)", "place-list"),
    (r"(?P<path>/\S*) (?P<facet>.+)", "place-facet"),
    (r"(?P<path>/\S+)", "place-node"),
)


def placed(place: str, language: str) -> str:
    """Where a finding is, as people name it: sheet, row and column, or the question's path."""
    for pattern, key in PLACES:
        found = re.fullmatch(pattern, place)
        if found:
            facts = found.groupdict()
            path = facts["path"] if key in ("place-row", "place-column") else ""
            return say(key, language, **facts) + (f" ({path})" if path else "")
    return place


def found_in(told: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The findings of a check by kind: errors first, then what is worth a look, never both."""
    apart = {"form-unsupported": told["unsupported"], "form-unreached": told["unreached"]}
    others = [
        one
        for one in told["findings"]
        if one["code"] != "translation-missing" and not any(one in some for some in apart.values())
    ]
    kinds = {
        "form-errors": [one for one in others if one["level"] == "error"],
        **apart,
        "form-warnings": [one for one in others if one["level"] != "error"],
    }
    return [
        {
            "title": say(kind, language),
            "tone": "danger" if kind == "form-errors" else "attention",
            "count": len(found),
            "items": [_finding(one, language) for one in found[:SHOWN]],
            "more": _more(len(found), language),
        }
        for kind, found in kinds.items()
        if found
    ]


def untranslated(told: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """For each language the places whose words it lacks."""
    return [
        {
            "title": say("form-untranslated", language, spoken=code, count=len(places)),
            "items": [placed(place, language) for place in places[:SHOWN]],
            "more": _more(len(places), language),
        }
        for code, places in sorted(told["translations"].items())
    ]


def sizes(told: dict[str, Any], language: str) -> list[str]:
    """What a form weighs, and each of its lists."""

    def weight(measured: dict[str, int]) -> str:
        raw, packed = size(measured["raw"]), size(measured["brotli"])
        return say("form-packed", language, raw=raw, packed=packed)

    lines = [f"{say('form-itself', language)}: {weight(told['size'])}"]
    lines += [f"{one['file']}: {weight(one['size'])}" for one in told["lists"]]
    if told["media"]:
        whole = size(sum(one["size"]["raw"] for one in told["media"]))
        lines.append(say("form-media", language, count=len(told["media"]), size=whole))
    return lines


def kept_files(told: dict[str, Any], language: str) -> list[str]:
    """Which files were taken from the version in use."""
    return [
        say(
            "form-kept-file",
            language,
            file=one["file"],
            version=one["version"] or "–",
            digest=one["digest"][:8],
        )
        for one in told.get("kept", ())
    ]


def changed(changes: list[Change], language: str) -> list[dict[str, Any]]:
    """The difference of two versions, a line a question, with what it means for drafts."""
    return [
        {
            "kind": say(f"form-change-{one.kind}", language),
            "tone": {"added": "good", "removed": "danger"}.get(one.kind, "attention"),
            "label": one.label,
            "path": one.path,
            "lines": list(_changed(one, language)),
            "fate": say(f"fate-{one.fate}", language) if one.fate else "",
        }
        for one in changes
    ]


def rehearsed(outcomes: list[Outcome], language: str) -> list[dict[str, Any]]:
    """What the new version would mean for dossiers of older ones."""
    told = []
    for one in outcomes:
        facts = {"count": one.dossiers, "version": one.version or one.form[:8], "whole": one.whole}
        lines = [
            say(f"form-lost-{why}", language, count=count, label=label)
            for (label, why), count in one.lost.most_common()
        ]
        if one.supplements:
            lines.insert(0, say("form-rehearsal-asked", language, count=one.supplements))
        lines += [
            say("form-rehearsal-unaskable", language, path=path)
            for path in sorted(set(one.unaskable))
        ]
        told.append({"title": say("form-rehearsal-line", language, **facts), "lines": lines})
    return told


def _finding(one: dict[str, str], language: str) -> dict[str, str]:
    vi, en = one["vi"], one["en"]
    said, other = (en, vi) if language == "en" else (vi, en)
    return {
        "place": placed(one["place"], language),
        "said": said,
        "other": other if other != said else "",
        "other_language": "vi" if language == "en" else "en",
    }


def _more(count: int, language: str) -> str:
    return say("form-more", language, count=count - SHOWN) if count > SHOWN else ""


def _changed(one: Change, language: str) -> Iterable[str]:
    if one.moved_from:
        yield say("form-moved-from", language, path=one.moved_from)
    for facet in one.facets:
        before, after = (_quoted(text, language) for text in (facet.before, facet.after))
        yield f"{_facet(facet.name, language)}: {before} → {after}"
    if one.offered:
        yield say("form-offered", language, names=_listed(one.offered))
    if one.withdrawn:
        yield say("form-withdrawn", language, names=_listed(one.withdrawn))


def _facet(name: str, language: str) -> str:
    if f"facet-{name}" in WORDS:
        return say(f"facet-{name}", language)
    return say("facet-choice", language, value=name.removeprefix("choice "))


def _quoted(text: str, language: str) -> str:
    return f"“{text[:300]}”" if text else say("form-nothing", language)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
