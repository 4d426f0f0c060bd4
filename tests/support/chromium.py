"""Which browser the journeys drive: the distribution's Chromium, or the one HOSO_CHROMIUM names."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Path of a browser that starts. LookupError with what to do when there is none."""
    for name in filter(None, (os.environ.get("HOSO_CHROMIUM"), *NAMES)):
        path = shutil.which(name)
        if path and _starts(path):
            return path
    raise LookupError("no Chromium: apt-get install chromium, or name one in HOSO_CHROMIUM")


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser may be a script that only asks for the snap.
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
