/** A button that opens the phone's camera, recorder or files. The draft is saved before it does. */
import type { JSX } from "preact";
import { Icon, type IconName } from "../icon.tsx";
import type { Host } from "../question.ts";

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
  take(file: File): void;
}): JSX.Element {
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
        onClick={() => void host.flush()}
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
