import assert from "node:assert/strict";
import test from "node:test";
import "../store/phone.ts";
import type { ReceiptKey } from "../../../pwa/api/contract.ts";
import { readReceipt, receiptFault } from "../../../pwa/sync/receipts.ts";
import vectors from "../../vectors/receipts.json";

const keys: ReceiptKey[] = vectors.keys;
const { jti, sub, digest, device, pages } = vectors.payload;
const expected = {
  id: jti,
  dossier: sub,
  digest,
  device,
  pages: pages.map((one) => ({ digest: one })),
};

test("a true receipt verifies and tells what it states", async () => {
  assert.equal(await receiptFault(keys, vectors.receipt, expected), null);
  assert.deepEqual(await readReceipt(keys, vectors.receipt), vectors.payload);
});

for (const { why, fault, receipt } of vectors.refused) {
  test(`a receipt does not count: ${why}`, async () => {
    assert.equal(await receiptFault(keys, receipt, expected), fault);
  });
}

test("a receipt with one letter changed does not count", async () => {
  const [head, body = "", signature] = vectors.receipt.split(".");
  const changed = body.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  assert.equal(
    await receiptFault(keys, `${head}.${changed}.${signature}`, expected),
    "receipt-invalid",
  );
  assert.equal(await receiptFault(keys, undefined, expected), "receipt-invalid");
});
