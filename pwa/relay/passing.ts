/** Handing a file out of the browser: to whatever the phone shares with, else into its downloads. */

/**
 * Browsers pass on only files whose name ends as they know it; a rescue file is told by its first
 * bytes, so under another name it is the same.
 */
const SHARED_SUFFIX = ".txt";
const SHARED_TYPE = "text/plain";

interface Sharing {
  canShare?(data: { files: File[] }): boolean;
  share?(data: { files: File[]; title: string }): Promise<void>;
}

/** The phone can pass files on. */
export function mayShare(): boolean {
  const sample = new File(["x"], `x${SHARED_SUFFIX}`, { type: SHARED_TYPE });
  const { share, canShare } = navigator as Sharing;
  return typeof share === "function" && canShare?.call(navigator, { files: [sample] }) === true;
}

/** @returns false when the person thought better of it */
export async function shareFile(file: File): Promise<boolean> {
  const named = new File([file], `${file.name}${SHARED_SUFFIX}`, { type: SHARED_TYPE });
  try {
    await (navigator as Sharing).share?.({ files: [named], title: file.name });
    return true;
  } catch (error) {
    if ((error as Error | null)?.name === "AbortError") return false;
    // Refused by the browser, for its size or kind: the downloads are always there.
    return saveFile(file);
  }
}

export function saveFile(file: File): Promise<boolean> {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return Promise.resolve(true);
}

/** Keeps the screen on where the browser can. @returns lets it sleep again */
export function staysAwake(): () => void {
  const lock = navigator.wakeLock?.request("screen").catch(() => null);
  return () => void lock?.then((held) => held?.release());
}
