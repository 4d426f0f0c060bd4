// What the build makes and hands to the worker: the list of files that make the app work without a
// network. build/precache.mjs writes the module; sw/ is its only reader.
declare module "virtual:precache" {
  export interface PrecacheFile {
    /** Address from the root, e.g. "/assets/main-4QZ2K7.js"; the page itself is "/". */
    readonly url: string;
    /** "sha256-" and base64: fits fetch's `integrity`. */
    readonly integrity: string;
    /** Bytes before compression. */
    readonly size: number;
    /** Needed for the first screen; the others may be fetched after the worker is active. */
    readonly eager: boolean;
  }
  /** Names this build: 16 hex digits over the content of all its files. */
  export const build: string;
  export const files: readonly PrecacheFile[];
  /** Address of what the worker loads to work without a page (sw/background.ts). */
  export const background: string;
}

/** File imports give the address of the copied, hashed file. */
declare module "*.svg" {
  const address: string;
  export default address;
}
declare module "*.png" {
  const address: string;
  export default address;
}
