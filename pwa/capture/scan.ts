/**
 * Reading bar codes through the camera: by the browser's own detector where it has one, else by a
 * small QR reader that is fetched when first needed (and kept on the phone with the rest of the app).
 */

/** Between two looks: often enough to feel immediate, seldom enough for a slow phone. */
const PAUSE = 200;
/** Between two codes of a row of them. */
const SHORT_PAUSE = 40;
/** The long side that a picture is read at. */
const SIDE = 640;

type Reader = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}

/**
 * Shows the camera in `video` and looks for a code until one is found or the caller stops.
 * Rejects when the camera may not be used.
 * @param found answers true to go on looking: a row of codes is shown one after the other
 * @returns stops looking and lets the camera go; may be called twice
 */
export async function startScan(
  video: HTMLVideoElement,
  found: (code: string) => unknown,
): Promise<() => void> {
  const read = await readerHere();
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment" },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    if (timer !== undefined) clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  const look = async (): Promise<void> => {
    const code = video.videoWidth > 0 ? await read(video).catch(() => undefined) : undefined;
    if (isOver) return;
    if (code && found(code) !== true) stop();
    else if (!isOver) timer = setTimeout(() => void look(), code ? SHORT_PAUSE : PAUSE);
  };
  void look();
  return stop;
}

async function readerHere(): Promise<Reader> {
  const Here = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;
  if (Here) {
    try {
      const detector = new Here();
      return async (video) => (await detector.detect(video))[0]?.rawValue;
    } catch {
      // Named by the browser, but without a reader behind it.
    }
  }
  const { default: readQr } = await import("jsqr");
  const canvas = document.createElement("canvas");
  return async (video) => {
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return readQr(data, canvas.width, canvas.height)?.data;
  };
}
