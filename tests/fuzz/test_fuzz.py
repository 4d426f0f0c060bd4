"""Envelopes and uploads bent by chance: never a 5xx, never anything stored half.

A few hundred cases with every run; `python -m tests.fuzz` tries as many as one likes.
"""

from pathlib import Path

from . import envelopes, uploads
from .world import run, world


def test_bent_envelopes_are_refused_whole(tmp_path: Path, database_url: str) -> None:
    with world(tmp_path, database_url) as here:
        run(here, envelopes.send, 120, 1)
    # Else chance has bent nothing, or everything.
    assert here.tally["applied"] > 10
    assert here.tally["refused answers-invalid"] + here.tally["refused envelope-unreadable"] > 50


def test_bent_uploads_leave_no_half_page(tmp_path: Path, database_url: str) -> None:
    with world(tmp_path, database_url) as here:
        run(here, uploads.send, 150, 1)
    assert here.tally["POST 201"] > 10
    assert here.tally["PATCH 204"] > 5
    assert here.tally["upload-offset-conflict"] > 0
