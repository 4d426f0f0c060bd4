/**
 * Trusted Types: where the browser knows them, no text becomes a script or markup in this page. The
 * one policy lets through the addresses of our own scripts (the worker, the PIN's worker); there is
 * none for markup or code, so a value that slips into such a place is refused by the browser.
 */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

export function trustOwnScripts(
  policies = (globalThis as { trustedTypes?: Policies }).trustedTypes,
  own: string = location.origin,
): void {
  policies?.createPolicy("default", {
    createScriptURL(address) {
      const { origin, pathname } = new URL(address, own);
      if (origin === own && (pathname === "/sw.js" || /^\/assets\/[\w-]+\.js$/.test(pathname)))
        return address;
      throw new TypeError(`not a script of ours: ${address}`);
    },
  });
}
