"""The phone's engine as a child process: sessions in, what holds after each step out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Phone:
    """Plays sessions on the TypeScript engine, one JSON line for another."""

    def __enter__(self) -> Phone:
        self.process = subprocess.Popen(
            [str(ROOT / ".ci" / "node"), "pwa/tests/session-player.mjs"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self.process as process:
            assert process.stdin is not None
            process.stdin.close()

    def played(self, vector: dict[str, Any], does: list[list[str]]) -> dict[str, Any]:
        """Return the steps of a session and what it would send; `{"error": …}` when it fails."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        line = json.dumps({"vector": vector, "steps": does}, ensure_ascii=False)
        stdin.write(line + "\n")
        stdin.flush()
        answer: dict[str, Any] = json.loads(stdout.readline())
        return answer
