"""(d) Forms in Chromium: opening, answering, adding, moving on.

The page is the app's own screen over the app's own store (forms-page.tsx); keys are pressed as a
keyboard presses them. Two clocks:

`wall` slows the processor six times and reads the time that passes in the page, from the moment
its first listener hears of the key until everything that follows at once has run (the browser's
own editing, the listeners, the engine, the drawing) and the page is laid out. What is drawn later,
or moves the focus later, counts with all the waiting before it. The way of the key to the page,
painting, and waiting for a frame are not in it. The browser slows a page by stopping it for a
millisecond or two at a time, so one reading is no finer than that; there are dozens of each kind.
It needs a machine with nothing else to do: `slowed` tells how much slower the page really became.

`work` reads the page's processor time for script, style and layout and takes it six times, from
before the key until the page rests: where the machine is shared, waiting for a turn is no part of
it, but neither is painting.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, Route

from server.forms.compiler import Compiled
from server.settings import ROOT
from tests.support.browsers import PHONE
from tests.support.chromium import find_chromium

ORIGIN = "http://localhost:8765"
SLOWER = 6
PAGES = 20
# Milliseconds after which a page is asked whether it has come to rest.
RESTING = 160
# Milliseconds a key is held down.
HELD = 30
TYPED = {"text": "Lo Thi", "numeric": "12", "decimal": "1.5", "year": "1990"}
WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


@dataclass
class Run:
    """Milliseconds of one form: its opening by part, and each input by kind; bytes of heap;
    elements on the last page; how many times slower the page was made to run, by a loop in it."""

    opened: dict[str, float]
    inputs: dict[str, list[float]] = field(default_factory=dict)
    heap: int = 0
    nodes: int = 0
    slowed: float = 1

    def share(self, kind: str, part: int) -> float | None:
        """What `part` of a hundred inputs of a kind stay within; None when there was none."""
        values = self.inputs.get(kind, [])
        return quantiles(values, n=100)[part - 1] if len(values) > 1 else None


class Measure:
    """A fresh page and the clock that is read on it."""

    def __init__(self, browser: Browser, folder: Path, form: Compiled, *, is_wall: bool) -> None:
        shape = {**PHONE, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        context = browser.new_context(**shape)
        self.page: Page = context.new_page()
        self.is_wall = is_wall
        self.page.route("**/*", lambda route: _serve(route, folder))
        self.page.goto(ORIGIN + "/")
        self.cdp = context.new_cdp_session(self.page)
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.slowed = self._slow_down() if is_wall else 1.0
        lists = {digest: content.decode() for digest, (_, content) in form.resources.items()}
        self._texts = [form.content.decode(), lists]

    def call(self, name: str) -> Any:
        """Call one of the page's own functions with the form."""
        return self.page.evaluate(f"([text, lists]) => bench.{name}(text, lists)", self._texts)

    def opened(self) -> dict[str, float]:
        """Open the form and tell what it took."""
        self.call("prepare")
        before = self._work()
        wall: dict[str, float] = self.page.evaluate("bench.open()")
        return wall if self.is_wall else {"stored": self._work() - before}

    def engine(self) -> dict[str, float]:
        """Read and open the form without a screen."""
        before = self._work()
        wall: dict[str, float] = self.call("engine")
        return wall if self.is_wall else {"walked": self._work() - before}

    def focus(self, call: str) -> Any:
        """Move the focus by a function of the page; drawing that is no part of the answer."""
        self.page.evaluate("bench.release()")
        told = self.page.evaluate(call)
        self.page.wait_for_timeout(80)
        return told

    def press(self, key: str, run: Run | None) -> None:
        """Press a key and wait until the page rests; what it took goes to `run`."""
        before = self._work()
        self.page.keyboard.press(key, delay=HELD)
        told, after = None, before
        while told is None:
            # Asking the page is work for it, too: it is left alone until it should be at rest.
            self.page.wait_for_timeout(RESTING)
            after = self._work()
            told = self.page.evaluate("bench.isBusy() ? null : bench.measured.splice(0)")
        if run is None or not told:
            self.idle("", None)
            return
        kind = told[0]["kind"]
        run.inputs.setdefault(kind, []).append(
            told[0]["settled"] if self.is_wall else after - before
        )
        self.idle(f"{kind}, later", run)

    def idle(self, kind: str, run: Run | None) -> None:
        """Let the app do what it left for idle moments; what it took goes to `run`."""
        before = self._work()
        wall: float | None = self.page.evaluate("bench.release()")
        if run is not None and wall is not None:
            run.inputs.setdefault(kind, []).append(wall if self.is_wall else self._work() - before)

    def _slow_down(self) -> float:
        """Let the processor of the page be slower. How many times slower a loop in it became."""
        before = median(self.page.evaluate("bench.spin()") for _ in range(5))
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return float(median(self.page.evaluate("bench.spin()") for _ in range(5)) / before)

    def _work(self) -> float:
        """Processor time of the page so far, six times, in milliseconds."""
        metrics = self.cdp.send("Performance.getMetrics")["metrics"]
        seconds: float = sum(one["value"] for one in metrics if one["name"] in WORK)
        return SLOWER * 1000 * seconds


def bundle(folder: Path) -> None:
    """Build the page's script and style into `folder` as the app is built."""
    built(folder, ROOT / "tests" / "bench" / "forms-page.tsx", "iife")
    _run(ROOT / "pwa" / "shell" / "design" / "app.css", [f"--outfile={folder / 'style.css'}"])


def built(folder: Path, entry: Path, form: str) -> list[Path]:
    """The scripts of an entry that come before anything is imported later; `form` iife or esm."""
    words = [f"--format={form}", f"--outdir={folder}"]
    words += ["--jsx=automatic", "--jsx-import-source=preact"]
    words += ['--define:process.env.NODE_ENV="production"']
    if form == "esm":
        words += ["--splitting", "--chunk-names=[name]-[hash]"]
    _run(entry, words)
    first = folder / f"{entry.stem}.js"
    # What a later part shares with the first one is a chunk, which the first one names.
    chunks = re.findall(r'(?:from|import)"\./([^"]+)"', first.read_text("utf-8"))
    return [first, *(folder / name for name in chunks)]


def joined(folder: Path, entry: Path) -> Path:
    """What comes before anything is imported later, as one script minified as the app ships it."""
    [first, *_] = built(folder, entry, "esm")
    later = re.findall(
        r'import\("(\./[^"]+)"\)', "".join(p.read_text() for p in folder.glob("*.js"))
    )
    whole = folder / "joined" / first.name
    _run(first, ["--format=esm", f"--outfile={whole}", *(f"--external:{name}" for name in later)])
    terser = ROOT / "pwa" / "node_modules" / "terser" / "bin" / "terser"
    words = ["--module", "--ecma", "2020", "--compress", "passes=2", "--mangle"]
    command = [str(ROOT / ".ci" / "node"), str(terser), str(whole), *words, "--output", str(whole)]
    subprocess.run(command, check=True)
    return whole


def _run(entry: Path, words: list[str]) -> None:
    """Run esbuild."""
    packages = ROOT / "pwa" / "node_modules"
    same = ["--bundle", "--minify", "--target=chrome80", "--charset=utf8", "--log-level=warning"]
    esbuild = packages / "esbuild" / "bin" / "esbuild"
    command = [str(ROOT / ".ci" / "node"), str(esbuild), str(entry), *same, *words]
    subprocess.run(command, check=True, env=os.environ | {"NODE_PATH": str(packages)})


def measure(
    playwright: Playwright,
    folder: Path,
    form: Compiled,
    *,
    people: int,
    runs: int,
    is_wall: bool,
) -> Run:
    """Open the form `runs` times anew, then fill it once; `people` entries are added first."""
    with _browser(playwright) as browser:
        fresh = [Measure(browser, folder, form, is_wall=is_wall) for _ in range(2 * runs)]
        engine = [one.engine() for one in fresh[:runs]]
        screen = [one.opened() for one in fresh[runs:]]
        run = Run(_medians(engine) | _medians(screen))
        last = fresh[-1]
        last.page.bring_to_front()
        for _ in range(people):
            _add(last, run)
        if people:
            last.focus("bench.go(bench.pages()[0])")
        run.inputs["bare"] = _bare(last)
        for _ in range(2 if people else PAGES):
            if not _answer_page(last, run):
                break
        last.cdp.send("HeapProfiler.collectGarbage")
        run.heap = int(last.cdp.send("Runtime.getHeapUsage")["usedSize"])
        run.slowed = last.slowed
        run.nodes = last.page.evaluate("bench.nodes()")
    return run


def _bare(on: Measure) -> list[float]:
    """What a letter costs in a box that belongs to nothing: browser and measuring themselves."""
    on.focus("bench.bare()")
    run = Run({})
    for _ in range(20):
        on.press("a", run)
    on.page.evaluate("document.activeElement.remove()")
    return run.inputs["answer"]


def _medians(tables: list[dict[str, float]]) -> dict[str, float]:
    return {part: median(one[part] for one in tables) for part in tables[0]}


@contextmanager
def _browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=find_chromium(),
        args=["--no-sandbox", "--disable-dev-shm-usage"],
    )
    try:
        yield browser
    finally:
        browser.close()


def _serve(route: Route, folder: Path) -> None:
    name = route.request.url.removeprefix(ORIGIN).partition("?")[0].lstrip("/")
    if name == "forms-page.js":
        route.fulfill(path=folder / name, content_type="text/javascript")
    elif name == "style.css":
        route.fulfill(path=folder / name, content_type="text/css")
    elif name == "":
        frame = (ROOT / "pwa" / "shell" / "index.html").read_text()
        links = '<link rel="stylesheet" href="/style.css">'
        script = '<script src="/forms-page.js" defer></script>'
        body = frame.replace("<!-- styles -->", links).replace("<!-- scripts -->", script)
        route.fulfill(body=body, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(status=404)


def _answer_page(on: Measure, run: Run) -> bool:
    """Answer everything on the page and go on; False at the last page."""
    for at in range(40):
        control = on.focus(f"bench.focus({at}).control")
        if control == "":
            break
        if control in ("radio", "checkbox"):
            on.press("Space", run)
        elif control == "combobox":
            for key in "la":
                on.press(key, run)
            on.page.keyboard.press("ArrowDown")
            on.press("Enter", run)
        else:
            for key in TYPED.get(control, TYPED["text"]):
                on.press(key, run)
    left: int = on.page.evaluate("bench.focus(99).left")
    before = on.page.evaluate("bench.page()")
    on.focus("bench.press('button[type=submit]')")
    on.press("Enter", run)
    return left > 0 and on.page.evaluate("bench.page()") != before


def _add(on: Measure, run: Run) -> None:
    """Add one entry on the page that lists them, once that has done what it does in advance."""
    on.page.evaluate("bench.go(bench.pages().find((key) => key.endsWith('[]')))")
    on.idle("add, before", run)
    on.focus("bench.press('p.control button')")
    on.press("Enter", run)
