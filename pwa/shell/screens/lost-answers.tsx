/** Answers that found no place in a newer version of their form: shown, and kept to be copied. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import { Picture } from "../../forms/renderer/picture.tsx";
import type { Host } from "../../forms/renderer/question.ts";
import { useWords } from "../../language/context.ts";
import type { LostAnswer } from "../../store/drafts.ts";

/** Answers without a place, with the words they were, to read and to copy. */
export function LostAnswers({
  title,
  lead,
  lost,
  host,
}: {
  title: string;
  lead: string;
  lost: readonly LostAnswer[];
  host: Host;
}): JSX.Element {
  const { carried } = useWords();
  return (
    <section aria-labelledby="carry-lost">
      <h2 id="carry-lost" class="section-title">
        {title}
      </h2>
      <p>{lead}</p>
      <dl class="card answers">
        {lost.map((one, at) => (
          <div key={`${one.ref} ${at}`}>
            <dt>
              <Text text={one.label} />
            </dt>
            <dd>
              {one.isPage ? (
                <Picture class="thumb" host={host} name={one.value} alt={carried.photo} />
              ) : (
                <span class="quote">{one.shown}</span>
              )}
              <p class="small soft">{carried.why[one.why]}</p>
            </dd>
            {!one.isPage && <Copy text={one.shown} label={one.label} />}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Copy({ text, label }: { text: string; label: string }): JSX.Element | null {
  const { carried } = useWords();
  const [isCopied, setCopied] = useState(false);
  // Without it the text can still be marked and copied by hand.
  if (!navigator.clipboard) return null;
  return (
    <dd class="change">
      <button
        type="button"
        class="link"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {carried.copy}
        <span class="said">: {label}</span>
      </button>
      <span role="status">{isCopied && carried.copied}</span>
    </dd>
  );
}
