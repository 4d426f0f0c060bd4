/** Where one can be in a draft besides its pages, and what every screen of it is given. */
import type { Filling } from "../filling.ts";

export const CHECK = "check";
export const DECLARE = "declare";
/** In the address: see again what a newer version of the form would change. */
export const CARRY = "carry";

export interface DraftProps {
  filling: Filling;
  /** Go to a page by its key, or to CHECK or DECLARE. */
  go(key: string, options?: { replace?: boolean; isFromCheck?: boolean }): void;
  leave(): void;
}
