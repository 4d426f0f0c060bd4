"""The last line of a whole run counts what the runners say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

CHECK = Path(__file__).resolve().parents[2] / ".ci" / "check.py"


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", CHECK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("===== 3 failed, 12 passed, 1 error in 0.50s =====\n", (12, 4)),
        ("5 passed, 2 deselected in 1.20s\n", (5, 0)),
        ("\x1b[32m==== \x1b[1m4 passed\x1b[0m in 61.5s (0:01:01) ====\x1b[0m\n", (4, 0)),
        ("ℹ pass 7\n", (7, 0)),
        ("ℹ fail 2\n", (0, 2)),
        ("ℹ cancelled 1\n", (0, 1)),
        ("ℹ tests 9\n", (0, 0)),
        ("✔ 4 passed pages in a row\n", (0, 0)),
        ("built in 20 ms\n", (0, 0)),
    ],
)
def test_summary_lines_of_the_runners_are_counted_and_no_others(
    check: ModuleType, line: str, counts: tuple[int, int]
) -> None:
    assert check.count(line) == counts
