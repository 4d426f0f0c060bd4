// A page sent by tus-js-client: `node tus_js.mjs <endpoint> <file> <digest> [stop at byte] [upload]`.
// Prints the upload's address and how far it came; stopping leaves it for a later run to resume.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const found = createRequire(new URL("../../../pwa/package.json", import.meta.url));
const tus = found("tus-js-client");
const [endpoint, file, digest, stopAt = "", url = ""] = process.argv.slice(2);
let reached = 0;

const told = (status) => {
  console.log(JSON.stringify({ status, url: upload.url, reached }));
  process.exit(0);
};
const upload = new tus.Upload(readFileSync(file), {
  endpoint,
  uploadUrl: url || null,
  chunkSize: 65_536,
  retryDelays: [0, 200, 1_000],
  metadata: { digest },
  onChunkComplete(_size, accepted) {
    reached = accepted;
    if (stopAt && accepted >= Number(stopAt)) void upload.abort().then(() => told("stopped"));
  },
  onError(error) {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: () => told("done"),
});
upload.start();
