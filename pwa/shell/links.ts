/** What a press on a link does, told once for the whole page. */

/**
 * Links to screens move within the page, those to a place on it put the focus there; all others, and
 * those asked to open elsewhere, are the browser's.
 * @param isScreen whether the page shows the screen of a path itself
 */
export function followLinks(
  isScreen: (path: string) => boolean,
  go: (address: string) => void,
): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("a") : null;
    if (
      !target ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const written = target.getAttribute("href") ?? "";
    if (written.startsWith("#")) {
      event.preventDefault();
      document.getElementById(written.slice(1))?.focus();
      return;
    }
    const address = new URL(target.href);
    if (
      target.target ||
      target.hasAttribute("data-reload") ||
      address.origin !== window.location.origin ||
      !isScreen(address.pathname)
    )
      return;
    event.preventDefault();
    go(address.pathname + address.search);
  });
}
