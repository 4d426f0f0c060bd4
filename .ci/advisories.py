"""Whether something that ships has a vulnerability that is publicly known.

Usage: .venv/bin/python .ci/advisories.py
Asks the services behind pip-audit and npm audit about the locked versions. Fails on a known
vulnerability. A machine from which a service cannot be asked (continuous integration often has no
way out) is told so, package by package where it matters, and does not fail: silence is then no
sign of health, and the check has to be run where there is a network (docs/operations.md).
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds
PIP_AUDIT = [
    *(sys.executable, "-m", "pip_audit", "--requirement", "server/requirements.lock"),
    *("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "10"),
    *("--format", "json"),
]
NPM_AUDIT = [str(ROOT / ".ci" / "npm"), "audit", "--omit=dev", "--json"]
# What pip-audit says on its error stream when it was not answered; all else is a fault of ours.
OUT_OF_REACH = re.compile(
    r"connection|timed? ?out|could not (?:reach|resolve)|resolution|unreachable|ServiceError|"
    r"HTTP (?:status|error)|Max retries|proxy",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What one service said. `unheard`: why nothing, or not everything, could be asked."""

    asked: int = 0
    known: list[str] = field(default_factory=list)
    unheard: str = ""


def of_pip_audit(code: int, output: str, errors: str) -> Findings:
    """Reads pip-audit's answer; what it skipped was not asked about. Raises ValueError."""
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if OUT_OF_REACH.search(errors):
            return Findings(unheard=_last_line(errors))
        raise ValueError(f"pip-audit ended with {code}: {errors[-500:]}") from None
    skipped = [one for one in packages if "skip_reason" in one]
    known = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version yet'}"
        for one in packages
        for fault in one.get("vulns", [])
    ]
    unheard = ""
    if skipped:
        unheard = f"no answer about {len(skipped)} of {len(packages)} packages"
        if len(skipped) < len(packages):
            unheard += ": " + ", ".join(one["name"] for one in skipped)
    return Findings(len(packages) - len(skipped), known, unheard)


def of_npm_audit(code: int, output: str, errors: str) -> Findings:
    """Reads npm's answer. Raises ValueError when it is neither a report nor a failed request."""
    try:
        report: dict[str, Any] = json.loads(output)
    except ValueError:
        raise ValueError(f"npm audit ended with {code}: {errors[-500:]}") from None
    if "vulnerabilities" in report:
        known = [
            f"{name}: {found['severity']}, in versions {found['range']}"
            for name, found in report["vulnerabilities"].items()
        ]
        return Findings(report["metadata"]["dependencies"]["total"], known)
    if "error" in report or "statusCode" in report:
        return Findings(unheard=_without_host(str(report.get("message") or report["error"])))
    raise ValueError(f"npm audit ended with {code}: {output[:500]}")


def ask(command: list[str], folder: Path) -> tuple[int, str, str]:
    """Runs one of the two; exit code, output, errors. Taking too long counts as out of reach."""
    try:
        done = subprocess.run(  # noqa: S603 (the commands are above)
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return 1, '{"error": "no answer in time"}', f"timed out after {PATIENCE} s"
    return done.returncode, done.stdout, done.stderr


def main() -> int:
    """The exit code."""
    python = of_pip_audit(*ask(PIP_AUDIT, ROOT))
    client = of_npm_audit(*ask(NPM_AUDIT, ROOT / "pwa"))
    for what, findings in (("server", python), ("phone app", client)):
        print(f"{what}: {findings.asked} packages asked about, {len(findings.known)} known faults")
        for fault in findings.known:
            print(f"  KNOWN VULNERABILITY {fault}")
        if findings.unheard:
            print(f"  NOT CHECKED: {findings.unheard}")
    if python.unheard or client.unheard:
        print("The advisory services could not be asked about everything: this proves nothing.")
    return int(bool(python.known or client.known))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return _without_host(lines[-1][:300]) if lines else "no answer"


def _without_host(text: str) -> str:
    """Error lines name where they asked, which is a matter of the machine's set-up alone."""
    return re.sub(r"https?://\S+", "the service", text)[:300]


if __name__ == "__main__":
    sys.exit(main())
