/**
 * One picture of the set drawn as symbols in the page itself: no request, no layout shift, and shown
 * before the program runs. Always decoration: the words beside it carry the meaning.
 */
import type { JSX } from "preact";

export type IconName =
  | "home"
  | "book"
  | "folder"
  | "bell"
  | "plus"
  | "next"
  | "back"
  | "up"
  | "down"
  | "close"
  | "check"
  | "alert"
  | "info"
  | "search"
  | "camera"
  | "image"
  | "trash"
  | "edit"
  | "clock"
  | "coin"
  | "stamp"
  | "paper"
  | "person"
  | "people"
  | "send"
  | "cloud"
  | "gear"
  | "pin"
  | "key"
  | "phone"
  | "sound"
  | "stop"
  | "mic"
  | "scan"
  | "logo";

export function Icon({ name, after = false }: { name: IconName; after?: boolean }): JSX.Element {
  return (
    <svg class={after ? "icon after" : "icon"} aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}
