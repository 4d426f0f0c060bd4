"""Whether everything that ships may ship: the licence of each locked package of both languages.

Usage: .venv/bin/python .ci/licences.py
Read from what is installed, so no network is needed. A package whose licence is not one of ALLOWED,
or that says none, fails: somebody has to look at it and add it here. Hoso itself is Apache-2.0, so
nothing under the GPL, LGPL or AGPL gets in.
"""

import importlib.metadata
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "server" / "requirements.lock"
CLIENT = ROOT / "pwa"

# SPDX names. MPL-2.0 asks for the changes to its own files alone, and we change none.
ALLOWED = {
    *("MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"),
    *("PSF-2.0", "Python-2.0", "MPL-2.0", "Unlicense", "CC0-1.0", "Zlib", "BlueOak-1.0.0"),
}
# What older packages write instead, in classifiers or by hand.
SPELLINGS = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# The sentence that each licence's text cannot do without, for packages that bring the text alone.
SENTENCES = {
    "Permission is hereby granted, free of charge, to any person": "MIT",
    "Permission to use, copy, modify, and/or distribute this software": "ISC",
    "Redistribution and use in source and binary forms, with or without": "BSD-3-Clause",
    "Apache License Version 2.0, January 2004": "Apache-2.0",
}


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice that is allowed; nested ones need every part."""
    if "(" in expression:
        parts = [part for part in re.split(r"[\s()]+", expression) if part]
        return all(part in ALLOWED for part in parts if part not in ("AND", "OR"))
    choices = (choice.split(" AND ") for choice in expression.split(" OR "))
    return any(all(part.strip() in ALLOWED for part in choice) for choice in choices)


def told(metadata: importlib.metadata.PackageMetadata, texts: Iterator[str]) -> str:
    """The licence as an SPDX expression; empty when the package says none that is known here."""
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    by_hand = " ".join(metadata.get_all("License") or []).strip()
    named = classifiers or ([by_hand] if by_hand and "\n" not in by_hand else [])
    if named:
        return " AND ".join(SPELLINGS.get(name, name) for name in named)
    for text in texts:
        flat = " ".join(text.split())
        for sentence, licence in SENTENCES.items():
            if sentence in flat:
                return licence
    return ""


def of_python(lock: Path = LOCK) -> Iterator[tuple[str, str]]:
    """Each package of a lock that this machine needs, with its licence."""
    for line in lock.read_text().splitlines():
        if not re.match(r"[A-Za-z0-9]", line):
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            found = importlib.metadata.distribution(wanted.name)
        except importlib.metadata.PackageNotFoundError:
            yield wanted.name, "(not installed)"
            continue
        texts = (
            Path(str(found.locate_file(file))).read_text("utf-8", "replace")
            for file in found.files or ()
            if re.match(r"(?i)(licen[cs]e|copying)", file.name)
        )
        yield wanted.name, told(found.metadata, texts)


def of_client(client: Path = CLIENT) -> Iterator[tuple[str, str]]:
    """Each package that goes into the phone app, with its licence."""
    locked = json.loads((client / "package-lock.json").read_text())["packages"]
    for place, entry in locked.items():
        if not place or entry.get("dev"):
            continue
        description = client / place / "package.json"
        name = place.rpartition("node_modules/")[2]
        if not description.is_file():
            yield name, "(not installed)"
            continue
        licence = json.loads(description.read_text()).get("license")
        yield name, licence if isinstance(licence, str) else ""


def main() -> int:
    """The exit code."""
    found = [*of_python(), *of_client()]
    for licence, number in Counter(licence for _, licence in found).most_common():
        print(f"{number:4} {licence or '(none told)'}")
    faults = [
        f"{name}: {licence or 'tells no licence'}"
        for name, licence in found
        if not is_allowed(licence)
    ]
    for fault in faults:
        print(f"not allowed, or not known: {fault}")
    return int(bool(faults or not found))


if __name__ == "__main__":
    sys.exit(main())
