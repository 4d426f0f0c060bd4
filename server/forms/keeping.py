"""Files that the version in use has, for a new one that names them and does not bring them again.

A list is kept as it was compiled, so phones that have it fetch nothing; pictures and sounds are
kept as they are. What is brought under the same name takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .compiler import Compiled
from .definition import decode
from .models import FormResource, FormVersion


@dataclass(frozen=True, slots=True)
class Kept:
    """Lists and other files by name, and the digest and version of the form each comes from."""

    lists: dict[str, bytes] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)

    def without(self, names: Iterable[str]) -> Kept:
        """What is left where these are brought anew."""
        brought = frozenset(names)
        return Kept(
            {name: one for name, one in self.lists.items() if name not in brought},
            {name: one for name, one in self.media.items() if name not in brought},
            self.origins,
        )

    @property
    def digest(self) -> str:
        """The digest of all of it."""
        files = sorted([*self.lists.items(), *self.media.items()])
        parts = [
            hashlib.sha256(part).digest() for name, one in files for part in (name.encode(), one)
        ]
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def used_by(self, made: Compiled) -> list[dict[str, str]]:
        """Which of the files a compiled form took, as `{file, digest, version}` of their origin."""
        taken = {name for name, _ in (*made.resources.values(), *made.media.values())}
        held = sorted(taken & (self.lists.keys() | self.media.keys()))
        return [
            {"file": name, "digest": digest, "version": version}
            for name in held
            for digest, version in (self.origins[name],)
        ]


async def kept_of(digests: Iterable[str]) -> Kept:
    """The files of published versions; of two with one name that of the version named first."""
    kept = Kept()
    for digest in dict.fromkeys(digests):
        version = await FormVersion.get_or_none(digest=digest)
        if version is None:
            continue
        definition = decode(bytes(version.definition))
        media = dict(definition.media or {})
        wanted = [*version.resources, *media.values()]
        rows = await FormResource.filter(digest__in=wanted) if wanted else []
        files = {one.digest: (one.name, bytes(one.content)) for one in rows}
        named = {
            name: files[one.resource][1]
            for instance, one in definition.instances.items()
            if one.resource in files
            for name in _names(instance, files[one.resource][0])
        }
        pictures = {name: files[one][1] for name, one in media.items() if one in files}
        _add(kept.lists, named, kept, (digest, version.version))
        _add(kept.media, pictures, kept, (digest, version.version))
    return kept


def _names(instance: str, file: str) -> tuple[str, str]:
    """How a form may call a list's file: it is stored once, by the name it first came with."""
    _, dot, ending = file.rpartition(".")
    return file, f"{instance}{dot}{ending}"


def _add(
    into: dict[str, bytes], files: Mapping[str, bytes], kept: Kept, origin: tuple[str, str]
) -> None:
    for name, content in files.items():
        if name not in kept.origins:
            into[name] = content
            kept.origins[name] = origin
