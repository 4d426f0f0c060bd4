"""What an examination finds, and what to do about it, in words for whoever runs the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

# A fault is loss or a thing that will fail; a warning needs somebody's attention; a note does not.
LEVELS = ("fault", "warning", "note")
Progress = Callable[[str, int, int], None]


class Finding(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """`check` is what was looked at; `examples` names a few of `count` things."""

    check: str
    level: str
    what: str
    advice: str = ""
    count: int = 1
    examples: list[str] = []

    def __str__(self) -> str:
        lines = [f"{self.level.upper():8} {self.what}"]
        if self.examples:
            more = ", …" if self.count > len(self.examples) else ""
            lines.append(f"         for example: {', '.join(self.examples)}{more}")
        if self.advice:
            lines.append(f"         → {self.advice}")
        return "\n".join(lines)


@dataclass(slots=True)
class Tally:
    """Counts what is wrong in one way and keeps a few examples."""

    count: int = 0
    examples: tuple[str, ...] = ()

    def add(self, example: object) -> None:
        """One more."""
        self.count += 1
        if len(self.examples) < 5:
            self.examples = (*self.examples, str(example))

    def finding(self, check: str, level: str, what: str, advice: str) -> list[Finding]:
        """The finding, or none when nothing was counted. `what` may hold `{count}`."""
        if not self.count:
            return []
        told = what.format(count=self.count)
        return [Finding(check, level, told, advice, self.count, list(self.examples))]
