/**
 * A button that opens the phone's camera, recorder or files, once the draft is on the disk and there is
 * room for what comes: a full phone says so before a photo is taken for nothing.
 */
import type { JSX, TargetedMouseEvent } from "preact";
import { useRef } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { codeOf, reasonWords } from "../../../language/messages.ts";
import { Icon, type IconName } from "../icon.tsx";
import type { ControlProps, Host } from "../question.ts";

export function Chooser({
  id,
  label,
  icon,
  accept,
  capture,
  isMain,
  isWorking,
  describedBy,
  isWrong,
  host,
  refuse,
  take,
}: {
  id: string;
  label: string;
  icon: IconName;
  accept: string;
  /** Which camera or recorder to open at once; absent: whatever the person finds. */
  capture?: "environment" | "user" | undefined;
  isMain: boolean;
  isWorking: boolean;
  describedBy: string | undefined;
  isWrong: boolean;
  host: Host;
  refuse: ControlProps["refuse"];
  take(file: File): void;
}): JSX.Element {
  const words = useWords();
  const isReady = useRef(false);
  const open = (event: TargetedMouseEvent<HTMLInputElement>): void => {
    // The second click is our own.
    if (isReady.current) {
      isReady.current = false;
      return;
    }
    event.preventDefault();
    const input = event.currentTarget;
    host.makeReady().then(
      () => {
        isReady.current = true;
        input.click();
      },
      (error: unknown) => refuse(reasonWords(words, codeOf(error)), true),
    );
  };
  return (
    <div class="chooser">
      <input
        id={id}
        class="said"
        type="file"
        accept={accept}
        capture={capture}
        disabled={isWorking}
        aria-describedby={describedBy}
        aria-invalid={isWrong || undefined}
        onClick={open}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) take(file);
        }}
      />
      <label class={isMain ? "button" : "button second"} for={id}>
        <Icon name={icon} />
        {label}
      </label>
    </div>
  );
}
