/**
 * Browsers inside other apps (Zalo, Facebook …): no push, no background sync, no installing, and
 * storage that may vanish. They are told apart by what they say of themselves, and answered with a
 * way into Chrome. Pure.
 */

const APPS: readonly (readonly [RegExp, string])[] = [
  [/Zalo/i, "Zalo"],
  [/FB_IAB|FBAN|FBAV/, "Facebook"],
  [/Orca-Android|Messenger/i, "Messenger"],
  [/Instagram/, "Instagram"],
  [/TikTok|musical_ly|BytedanceWebview/i, "TikTok"],
];

/** The name of the app whose browser this is; null in a browser of its own. */
export function inAppBrowser(userAgent: string): string | null {
  return APPS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}

/** An address that makes Android open the page in Chrome; null elsewhere. */
export function chromeAddress(userAgent: string, address: string): string | null {
  if (!/Android/i.test(userAgent)) return null;
  const { protocol, host, pathname, search } = new URL(address);
  return `intent://${host}${pathname}${search}#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;end`;
}
