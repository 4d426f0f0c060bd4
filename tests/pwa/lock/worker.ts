/** The worker that stretches PINs, for tests: the same work, done in place. */
import { derive, type Task } from "../../../pwa/lock/argon.ts";

class WorkerTwin {
  onmessage: (event: { data: Uint8Array | string }) => void = () => undefined;
  onerror: (event: { message: string }) => void = () => undefined;

  postMessage(task: Task): void {
    derive(task).then(
      (data) => this.onmessage({ data }),
      (error: unknown) => this.onmessage({ data: String(error) }),
    );
  }

  terminate(): void {
    this.onmessage = () => undefined;
  }
}

/** Call at the top of a test file. */
export function withWorker(): void {
  Object.assign(globalThis, { Worker: WorkerTwin, HOSO_STRETCHER: "/assets/stretcher.js" });
}
