import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import "../store/phone.ts";
import { type Part, type Passed, partsOf, Writer } from "../../../pwa/relay/container.ts";
import { type Bytes, base64url, fromBase64url } from "../../../pwa/store/bytes.ts";

const passed = (change: Partial<Passed> = {}): Passed => ({
  id: "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01",
  kid: "agency-1",
  dossier: "5f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a02",
  digest: "a".repeat(64),
  device: "thiet-bi",
  at: "2026-11-22T01:02:03Z",
  pages: [{ digest: "b".repeat(64), length: 3 }],
  sealed: new Uint8Array(100).fill(7) as Bytes,
  ...change,
});

async function written(): Promise<Uint8Array> {
  const writer = new Writer();
  await writer.envelope(passed());
  await writer.page(new Uint8Array([1, 2, 3]));
  await writer.page(new Uint8Array(70_000).fill(9));
  return new Uint8Array(await (await writer.finish()).arrayBuffer());
}

async function read(bytes: Uint8Array): Promise<{ parts: Part[]; fault: string | null }> {
  const parts: Part[] = [];
  try {
    for await (const part of partsOf(new Blob([new Uint8Array(bytes)]))) parts.push(part);
  } catch (error) {
    return { parts, fault: (error as { code: string }).code };
  }
  return { parts, fault: null };
}

test("what is written is read, in order", async () => {
  const { parts, fault } = await read(await written());
  assert.equal(fault, null);
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ["envelope", "page", "page"],
  );
  assert.deepEqual(parts[0], { kind: "envelope", passed: passed() });
  const [, small, large] = parts;
  assert.ok(small?.kind === "page" && large?.kind === "page");
  assert.deepEqual([...small.data], [1, 2, 3]);
  assert.equal(large.data.length, 70_000);
});

test("a file that was cut anywhere gives what came whole, and says that it was cut", async () => {
  const whole = await written();
  for (let length = 8; length < whole.length; length += 997) {
    const { fault } = await read(whole.subarray(0, length));
    assert.equal(fault, "rescue-damaged", `${length} bytes`);
  }
  const { parts } = await read(whole.subarray(0, whole.length - 100));
  assert.equal(parts.length, 2);
});

test("a byte spoilt anywhere is noticed", async () => {
  const whole = await written();
  for (let at = 8; at < whole.length; at += 613) {
    const spoilt = whole.slice();
    spoilt[at] = (spoilt[at] ?? 0) ^ 1;
    const { fault } = await read(spoilt);
    assert.equal(fault, "rescue-damaged", `byte ${at}`);
  }
});

test("parts in another order are noticed at the end", async () => {
  const writer = new Writer();
  await writer.page(new Uint8Array([1, 1, 1]));
  await writer.page(new Uint8Array([2, 2, 2]));
  const whole = new Uint8Array(await (await writer.finish()).arrayBuffer());
  const part = 37 + 3;
  const swapped = whole.slice();
  swapped.set(whole.subarray(8 + part, 8 + 2 * part), 8);
  swapped.set(whole.subarray(8, 8 + part), 8 + part);
  assert.equal((await read(swapped)).fault, "rescue-damaged");
});

test("other files and files of a newer app are told apart", async () => {
  const text = new TextEncoder();
  assert.equal((await read(text.encode("%PDF-1.7 something"))).fault, "rescue-not-recognised");
  assert.equal((await read(new Uint8Array(0))).fault, "rescue-not-recognised");
  assert.equal((await read(text.encode("HOSORES2 and more"))).fault, "rescue-newer");
});

test("a mutation that is described wrongly is refused before it is kept", async () => {
  for (const wrong of [{ id: "1" }, { digest: "x" }, { pages: [{ digest: "x", length: 1 }] }]) {
    const writer = new Writer();
    await writer.envelope(passed(wrong));
    const bytes = new Uint8Array(await (await writer.finish()).arrayBuffer());
    assert.equal((await read(bytes)).fault, "rescue-damaged");
  }
});

test("both sides read the same file: this one writes the vector's very bytes", async () => {
  const vector = JSON.parse(readFileSync("tests/vectors/rescue.json", "utf8")) as {
    file: string;
    envelope: Omit<Passed, "sealed"> & { sealed: string };
    pages: string[];
  };
  const writer = new Writer();
  const { sealed, ...head } = vector.envelope;
  await writer.envelope({ ...head, sealed: fromBase64url(sealed) });
  for (const page of vector.pages) await writer.page(fromBase64url(page));
  const file = new Uint8Array(await (await writer.finish()).arrayBuffer());
  assert.equal(base64url(file), vector.file);
  const { parts, fault } = await read(file);
  assert.equal(fault, null);
  assert.equal(parts.length, 1 + vector.pages.length);
});
