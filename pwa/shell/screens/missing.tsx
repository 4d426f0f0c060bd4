/** An address that names no screen. */
import type { JSX } from "preact";
import { useWords } from "../../language/context.ts";
import { Frame } from "../design/frame.tsx";
import { Heading } from "../design/parts.tsx";

export function MissingScreen(): JSX.Element {
  const words = useWords();
  return (
    <Frame title={words.app.missingTitle}>
      <Heading>{words.app.missingTitle}</Heading>
      <p>{words.app.missing}</p>
      <a class="button" href="/">
        {words.app.toHome}
      </a>
    </Frame>
  );
}
