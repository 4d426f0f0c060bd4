/**
 * A photo from camera or file to a page: turned as it was held, shrunk to a readable size, re-encoded
 * as JPEG of at most 300 KB. Re-encoding leaves every piece of metadata behind, the place among them.
 * On a phone with 1 GB a 12-megapixel photo is 48 MB of pixels, so the browser is asked to shrink
 * while it decodes, and every bitmap is let go at once.
 */
import {
  fitted,
  LARGEST_BYTES,
  LONG_SIDE,
  pictureKind,
  QUALITIES,
  type Size,
  STEP,
} from "./sizes.ts";

export class CaptureError extends Error {
  /** Not a picture at all; a picture this phone cannot decode; no memory to shrink it. */
  readonly code: "image-not-recognised" | "image-unreadable" | "image-too-heavy";
  constructor(code: CaptureError["code"]) {
    super(code);
    this.name = "CaptureError";
    this.code = code;
  }
}

export interface Photo {
  blob: Blob;
  width: number;
  height: number;
}

/** @param file from a file input or canvas */
export async function shrinkPhoto(file: Blob): Promise<Photo> {
  const start = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  if (pictureKind(start) === null) throw new CaptureError("image-not-recognised");
  const source = await decoded(file);
  try {
    return await encoded(source);
  } finally {
    source.release();
  }
}

interface Source extends Size {
  image: CanvasImageSource;
  release(): void;
}

async function decoded(file: Blob): Promise<Source> {
  const size = await measured(file);
  const { width, height } = fitted(size, LONG_SIDE);
  try {
    const options: ImageBitmapOptions = {
      imageOrientation: "from-image",
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "high",
    };
    const bitmap = await createImageBitmap(file, options);
    // Browsers before 2021 do not know "from-image" and throw; some ignore it and swap the sides.
    if (bitmap.width > bitmap.height === width > height) {
      return { image: bitmap, width, height, release: () => bitmap.close() };
    }
    bitmap.close();
  } catch {
    // The element below decodes what this call does not.
  }
  return elementSource(file);
}

/** The size as shown, orientation applied: an image element respects it since Chrome 81. */
async function measured(file: Blob): Promise<Size> {
  const source = await elementSource(file);
  source.release();
  return { width: source.width, height: source.height };
}

async function elementSource(file: Blob): Promise<Source> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  const release = () => {
    URL.revokeObjectURL(address);
    image.removeAttribute("src");
  };
  image.src = address;
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
    });
  } catch {
    release();
    throw new CaptureError("image-unreadable");
  }
  return { image, width: image.naturalWidth, height: image.naturalHeight, release };
}

async function encoded(source: Source): Promise<Photo> {
  for (let longSide = LONG_SIDE; longSide >= 400; longSide *= STEP) {
    const size = fitted(source, longSide);
    const canvas = drawn(source, size);
    try {
      for (const quality of QUALITIES) {
        const blob = await jpeg(canvas, quality);
        if (blob.size <= LARGEST_BYTES) return { blob, ...size };
      }
    } finally {
      // Lets go of the pixels now, not when the collector comes.
      canvas.width = 0;
      canvas.height = 0;
    }
  }
  throw new CaptureError("image-too-heavy");
}

function drawn({ image }: Source, { width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new CaptureError("image-too-heavy");
  // A transparent picture would turn black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new CaptureError("image-too-heavy"))),
      "image/jpeg",
      quality,
    ),
  );
}
