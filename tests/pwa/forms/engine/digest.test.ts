import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { digest } from "../../../../pwa/forms/engine/digest.ts";

const NAMES = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

test("every algorithm agrees with the platform's at each length about a block", () => {
  for (const [name, platform] of Object.entries(NAMES)) {
    for (const length of [0, 3, 55, 56, 63, 64, 111, 112, 127, 128, 300]) {
      const text = "ạ".repeat(length % 2) + "x".repeat(length);
      for (const encoding of ["hex", "base64"] as const) {
        const wanted = createHash(platform).update(text).digest(encoding);
        assert.equal(digest(text, name, encoding), wanted, `${name} ${length} ${encoding}`);
      }
    }
  }
});

test("unknown algorithms and encodings are faults", () => {
  assert.throws(() => digest("a", "SHA-3", "hex"), /no digest algorithm/);
  assert.throws(() => digest("a", "MD5", "octal"), /no digest encoding/);
});
