/** A kept page, deciphered for the moment it is shown; its address is given back afterwards. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
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
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    host
      .preview(name)
      .then((blob) => {
        if (isGone) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      })
      .catch(() => setAddress(null));
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [host, name]);
  return address ? (
    <img class={style} src={address} alt={alt} />
  ) : (
    <span class={style} role="img" aria-label={alt} />
  );
}
