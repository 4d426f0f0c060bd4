/** Letters hidden from whoever looks over the shoulder, with a button to see them oneself. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import type { ControlProps } from "../question.ts";
import { TextControl, type Typed } from "./text.tsx";

export function SecretControl(props: ControlProps): JSX.Element {
  return <TextControl {...props} Box={HiddenBox} />;
}

function HiddenBox(typed: Typed): JSX.Element {
  const words = useAllWords();
  const [isShown, setShown] = useState(false);
  return (
    <div class="control">
      {isShown ? (
        <input {...typed} type="text" autoCapitalize="off" />
      ) : (
        <input {...typed} type="password" autoCapitalize="off" />
      )}
      <button type="button" class="link" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        <Icon name={isShown ? "close" : "search"} />
        {isShown ? words.secret.hide : words.secret.show}
      </button>
    </div>
  );
}
