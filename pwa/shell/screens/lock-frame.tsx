/** The frame of screens before which no other can be reached: name, language, and nothing that leads on. */
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { LanguageSwitch, useScreenTitle } from "../design/frame.tsx";

export function LockFrame({
  title,
  children,
}: {
  title: string;
  children: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  useScreenTitle(title);
  return (
    <div>
      <header class="bar">
        <div class="bar-row">
          <span class="brand">
            <Icon name="logo" />
            {words.app.name}
          </span>
          <LanguageSwitch />
        </div>
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
