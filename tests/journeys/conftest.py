"""What every journey needs: the built client, a server with the demonstration's people, browsers.

The demonstration is made once a run and copied for each journey, so each starts alone. What a
journey leaves when it fails (pictures, consoles, the server's log) lies in tests/journeys/failures.
With HOSO_JOURNEY_PICTURES=<folder> every screen passed is photographed there.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright, expect, sync_playwright

from tests.support.browsers import DESK, PHONE, Device
from tests.support.chromium import find_chromium
from tests.support.server_process import ROOT, ServerProcess

from .desk import Desk
from .papers import Paper, photograph
from .phone import Phone

FAILURES = Path(__file__).parent / "failures"


HAS_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Two cores may be busy with more than this browser.
    expect.set_options(timeout=15_000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def client() -> None:
    """The phone app as it ships, built where the sources are newer than the build."""
    built = ROOT / "pwa" / "dist" / "build.json"
    sources = [
        path
        for folder in ("pwa", "server/desk/static")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"node_modules", "dist"} & set(path.parts)
    ]
    if built.exists() and built.stat().st_mtime > max(p.stat().st_mtime for p in sources):
        return
    done = subprocess.run(
        [ROOT / ".ci" / "node", "pwa/build.mjs"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def demonstration(client: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a server where the demonstration was made."""
    data = tmp_path_factory.mktemp("demonstration") / "data"
    ServerProcess(data).command("demo")
    return data


@pytest.fixture
def server(demonstration: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    """A running server of this journey alone."""
    shutil.copytree(demonstration, tmp_path / "data")
    process = ServerProcess(tmp_path / "data")
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def papers(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """Three photographed papers; the second was held sideways."""
    folder = tmp_path_factory.mktemp("papers")
    browser = playwright.chromium.launch(
        executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page()
    drawn = {
        "birth notice": photograph(page, folder, "GIẤY CHỨNG SINH", (200, 40, 40)),
        "marriage": photograph(page, folder, "GIẤY KẾT HÔN", (40, 140, 40), is_turned=True),
        "identity": photograph(page, folder, "THẺ CĂN CƯỚC", (40, 60, 200)),
    }
    browser.close()
    return drawn


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where this journey's screens are photographed; None unless somebody asked."""
    asked = os.environ.get("HOSO_JOURNEY_PICTURES")
    if not asked:
        return None
    name: str = request.node.name
    folder = Path(asked) / name.removeprefix("test_")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def devices(
    request: pytest.FixtureRequest, server: ServerProcess, playwright: Playwright, tmp_path: Path
) -> Iterator[Callable[[str, dict[str, object]], Device]]:
    """Makes a device by name and shape. After the journey: evidence if it failed, then closed."""
    made: list[Device] = []

    def make(name: str, shape: dict[str, object]) -> Device:
        made.append(Device(playwright, tmp_path / name, name, shape))
        return made[-1]

    yield make
    folder = FAILURES / request.node.name
    shutil.rmtree(folder, ignore_errors=True)
    uncaught = [error for device in made for error in device.uncaught]
    if request.node.stash.get(HAS_FAILED, True) or uncaught:
        _keep_evidence(folder, made, server)
    for device in made:
        device.close()
    assert not uncaught, f"errors nobody caught: {uncaught}"


@pytest.fixture
def phone(
    devices: Callable[[str, dict[str, object]], Device],
    server: ServerProcess,
    pictures: Path | None,
) -> Phone:
    """A small phone, switched on, the app not yet opened."""
    return Phone(devices("phone", PHONE), server.origin, pictures)


@pytest.fixture
def desk(
    devices: Callable[[str, dict[str, object]], Device],
    server: ServerProcess,
    pictures: Path | None,
) -> Desk:
    """A browser at the desk, nobody signed in."""
    return Desk(devices("desk", DESK), server, pictures)


def rows(server: ServerProcess, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What is in the server's database, read beside it."""
    connection = sqlite3.connect(f"file:{server.data / 'hoso.db'}?mode=ro", uri=True)
    try:
        return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def _keep_evidence(folder: Path, devices: list[Device], server: ServerProcess) -> None:
    folder.mkdir(parents=True)
    (folder / "server.log").write_text(server.printed())
    for device in devices:
        lines = device.console + [f"uncaught: {error}" for error in device.uncaught]
        (folder / f"{device.name}.log").write_text("\n".join(lines))
        for at, page in enumerate(device.pages):
            try:
                page.screenshot(path=folder / f"{device.name}-{at}.png", full_page=True)
            except Error as error:
                (folder / f"{device.name}-{at}.txt").write_text(str(error))
