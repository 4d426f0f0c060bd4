/** The frame while a form is filled: nothing but leaving, the language, how far it is, and the page. */
import type { ComponentChildren, JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { LanguageSwitch, useScreenTitle } from "./frame.tsx";

export interface FormFrameProps {
  title: string;
  /** Changes with each page: the focus then goes to its heading. */
  at: string;
  progress: { text: string; section: string; part: number } | null;
  leave(): void;
  children: ComponentChildren;
}

export function FormFrame({ title, at, progress, leave, children }: FormFrameProps): JSX.Element {
  const words = useWords();
  useScreenTitle(title, at);
  const newest = useRef(leave);
  newest.current = leave;
  // Made once: every key that is pressed draws the page below it anew.
  const bar = useMemo(
    () => (
      <header class="bar">
        <div class="bar-row">
          <button type="button" class="bar-leave" onClick={() => newest.current()}>
            <Icon name="close" />
            <span>{words.form.leave}</span>
          </button>
          <LanguageSwitch />
        </div>
      </header>
    ),
    [words],
  );
  return (
    <div>
      {bar}
      <main id="content" tabIndex={-1}>
        {progress && (
          <div class="progress">
            <p class="progress-text">
              <span>{progress.section}</span>
              <strong>{progress.text}</strong>
            </p>
            <div class="gauge" aria-hidden="true">
              <span style={{ transform: `scaleX(${progress.part.toFixed(3)})` }} />
            </div>
          </div>
        )}
        <div class="content form-page">{children}</div>
      </main>
    </div>
  );
}
