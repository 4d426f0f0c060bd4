import assert from "node:assert/strict";
import { test } from "node:test";
import { chromeAddress, inAppBrowser } from "../../../pwa/shell/in-app.ts";

const ANDROID =
  "Mozilla/5.0 (Linux; Android 8.1.0; SM-J260G; wv) AppleWebKit/537.36 Chrome/80.0.3987.99 Mobile Safari/537.36";

test("Zalo's and Facebook's browsers are told from Chrome", () => {
  assert.equal(inAppBrowser(`${ANDROID} Zalo android/12080503`), "Zalo");
  assert.equal(inAppBrowser(`${ANDROID} [FB_IAB/FB4A;FBAV/300.0.0.0]`), "Facebook");
  assert.equal(inAppBrowser(ANDROID.replace("; wv", "")), null);
});

test("on Android the same page opens in Chrome; elsewhere there is no such way", () => {
  const address = chromeAddress(ANDROID, "https://hoso.example.vn/procedures/1.001193?x=1");
  assert.equal(
    address,
    "intent://hoso.example.vn/procedures/1.001193?x=1#Intent;scheme=https;package=com.android.chrome;end",
  );
  assert.equal(chromeAddress("iPhone", "https://hoso.example.vn/"), null);
});
