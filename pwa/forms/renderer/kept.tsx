/**
 * A page that is kept, as it is shown again: a picture, a sound or video to play, or its kind and
 * size. Deciphered for the moment; its address is given back afterwards.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../language/context.ts";
import { size } from "../../language/formats.ts";
import type { Words } from "../../language/messages.ts";
import { Icon } from "./icon.tsx";
import type { Host } from "./question.ts";

/** "Tệp PDF, 240 KB". */
export function keptWords(
  host: Pick<Host, "sizeOf" | "typeOf">,
  name: string,
  words: Words,
): string {
  const family = (host.typeOf(name) ?? "").split("/")[0] ?? "";
  const kinds: { readonly [family: string]: string } = words.kept.kinds;
  return words.kept.file(
    kinds[family] ?? words.kept.kinds.application,
    size(host.sizeOf(name) ?? 0),
  );
}

/** The address of a kept page while the caller is on the screen; null until it is deciphered. */
export function useKept(host: Host, name: string): string | null {
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
  return address;
}

export function Kept({
  host,
  name,
  label,
}: {
  host: Host;
  name: string;
  label: string;
}): JSX.Element {
  const words = useWords();
  const address = useKept(host, name);
  const [family] = (host.typeOf(name) ?? "").split("/");
  return (
    <div class="kept">
      <p class="picked">
        <Icon name={family === "audio" ? "sound" : family === "image" ? "image" : "paper"} />
        <span>{keptWords(host, name, words)}</span>
      </p>
      {address && family === "audio" && (
        // biome-ignore lint/a11y/useMediaCaption: the person's own recording has no captions
        <audio src={address} controls aria-label={label} />
      )}
      {address && family === "video" && (
        // biome-ignore lint/a11y/useMediaCaption: the person's own film has no captions
        <video src={address} controls aria-label={label} />
      )}
      {address && family === "image" && <img src={address} alt={label} />}
    </div>
  );
}
