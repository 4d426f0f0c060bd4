"""A server's data with its commune and procedure, made once a run and copied for each test."""

import shutil
from pathlib import Path

import pytest

from tests.support.server_process import ServerProcess

from .worlds import prepare


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `data` and `procedure`; nobody changes it."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(ServerProcess(folder / "data"), folder / "procedure")
    return folder


@pytest.fixture
def prepared(prepared_once: Path, tmp_path: Path) -> Path:
    """A copy for one test."""
    return Path(shutil.copytree(prepared_once, tmp_path / "prepared"))
