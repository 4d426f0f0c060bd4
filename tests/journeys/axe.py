"""Accessibility as a machine can see it: axe-core over one page, WCAG 2.2 AA and best practices."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
  // A button that is changing its colour has no contrast of its own yet.
  const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.all(changing.map((one) => one.finished.catch(() => undefined)));
  const found = await axe.run(document, options);
  const told = (node) => node.html.slice(0, 200) + ' ⇒ ' + node.failureSummary;
  return found.violations.map(({id, help, nodes}) => (
    {id, help, nodes: nodes.slice(0, 4).map(told)}));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")


def faults(page: Page) -> list[str]:
    """What axe finds on a page, one text for each rule broken, with the elements."""
    # Evaluated, not inserted: the page's own policy forbids foreign scripts.
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    return [f"{one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found]
