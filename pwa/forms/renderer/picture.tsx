/** A kept picture, deciphered for the moment it is shown. */
import type { JSX } from "preact";
import { useKept } from "./kept.tsx";
import type { Host } from "./question.ts";

export function Picture({
  host,
  name,
  alt,
  class: style,
}: {
  host: Host;
  name: string;
  alt: string;
  class?: string;
}): JSX.Element {
  const address = useKept(host, name);
  return address ? (
    <img class={style} src={address} alt={alt} />
  ) : (
    <span class={style} role="img" aria-label={alt} />
  );
}
