"""A definition's words in other languages, taken out of it and put back (pure).

The phone of somebody who reads the default language need not wait for the others: the definition
that is served says everything in the default language and names, by digest, a file for each other
one. Such a file holds no names or paths, only the texts and how many values lie between one and the
next when title, nodes, body and instances are walked in the order they are written.
`pwa/forms/translations.ts` puts them back by the same walk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from .definition import Definition, Rich, decode, digest_of, encode

WALKED = ("title", "nodes", "body", "instances")
# Objects whose keys the author names: what looks like a language there is none.
NAMED_BY_AUTHORS = frozenset(("initial", "params", "tree"))


class Translation(msgspec.Struct):
    """The texts of one language in the order of the walk; `gaps` are counts of values, from 1."""

    gaps: list[int] = []
    texts: list[Rich] = []


@dataclass(slots=True)
class _Reader:
    """Walks plain JSON, taking translated texts out."""

    languages: list[str]
    found: dict[str, Translation] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def without(self, value: Any) -> Any:
        self.count += 1
        if self.is_text(value):
            for code, text in value.items():
                if code != self.languages[0]:
                    self.take(code, text)
            # What stays is walked as the phone will walk it.
            self.count -= 1
            return self.without(value[self.languages[0]])
        if isinstance(value, dict):
            return {
                key: self.passed(part) if key in NAMED_BY_AUTHORS else self.without(part)
                for key, part in value.items()
            }
        return [self.without(part) for part in value] if isinstance(value, list) else value

    def passed(self, value: Any) -> Any:
        """Count what is left as it is."""
        self.count += 1
        for part in _parts(value):
            self.passed(part)
        return value

    def is_text(self, value: Any) -> bool:
        """Tell whether a value is a text by language, the default and another among them."""
        return (
            isinstance(value, dict)
            and len(value) > 1
            and self.languages[0] in value
            and all(
                code in self.languages and isinstance(text, str | list)
                for code, text in value.items()
            )
        )

    def take(self, code: str, text: Rich) -> None:
        kept = self.found.setdefault(code, Translation())
        kept.gaps.append(self.count - self.last.get(code, 0))
        kept.texts.append(text)
        self.last[code] = self.count


def split(definition: Definition) -> tuple[bytes, dict[str, tuple[str, bytes]]]:
    """Return the bytes to serve and the translations they name, by digest: (name, bytes).

    A form in one language stays as it is; so does one that would not come together again.
    """
    whole = encode(definition)
    if len(definition.languages) < 2 or not _keeps_order(definition):
        return whole, {}
    plain: dict[str, Any] = msgspec.json.decode(whole)
    reader = _Reader(definition.languages)
    base = {key: reader.without(part) if key in WALKED else part for key, part in plain.items()}
    files = {code: msgspec.json.encode(one) for code, one in reader.found.items()}
    names = {code: digest_of(content) for code, content in files.items()}
    served = msgspec.json.encode({**base, "translations": names} if names else base)
    if encode(join(served, {names[code]: files[code] for code in names})) != whole:
        return whole, {}
    return served, {
        names[code]: (f"translation-{code}.json", content) for code, content in files.items()
    }


def named(served: bytes) -> list[str]:
    """Return the digests of the translations that a served definition names."""
    return list(decode(served).translations.values())


def join(served: bytes, files: Mapping[str, bytes]) -> Definition:
    """Return the whole definition: the served one with those translations that are at hand."""
    plain: dict[str, Any] = msgspec.json.decode(served)
    names: dict[str, str] = plain.pop("translations", {})
    texts: dict[int, dict[str, Rich]] = {}
    for code, digest in names.items():
        if digest not in files:
            continue
        one = msgspec.json.decode(files[digest], type=Translation)
        at = 0
        for gap, text in zip(one.gaps, one.texts, strict=True):
            at += gap
            texts.setdefault(at, {})[code] = text
    first = next(iter(plain["languages"]), "")
    count = 0

    def whole(value: Any) -> Any:
        nonlocal count
        count += 1
        others = texts.get(count)
        if isinstance(value, dict):
            value = {key: whole(part) for key, part in value.items()}
        elif isinstance(value, list):
            value = [whole(part) for part in value]
        return {first: value, **others} if others else value

    if texts:
        plain = {key: whole(part) if key in WALKED else part for key, part in plain.items()}
    return msgspec.convert(plain, Definition)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _keeps_order(definition: Definition) -> bool:
    """Tell whether a phone walks the instances in the order written.

    JavaScript puts names that are whole numbers before all others.
    """
    return not any(name.isdigit() for name in definition.instances)
