/** Plain fields of the app's own screens (sign-in, who it is for), with label, hint and fault tied together. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";

interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  value: string;
  set(value: string): void;
}

export function Field({
  id,
  label,
  hint,
  fault,
  value,
  set,
  ...rest
}: FieldProps & {
  type?: "text";
  inputMode?: "text" | "tel" | "numeric";
  autoComplete?: string;
}): JSX.Element {
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class={fault ? "question wrong" : "question"}>
      <label class="label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="hint small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault id={id} fault={fault} />
      <input
        type="text"
        {...rest}
        id={id}
        class="field"
        value={value}
        aria-describedby={described || undefined}
        aria-invalid={fault ? true : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
}

export function Fault({
  id,
  fault,
}: {
  id: string;
  fault: string | undefined;
}): JSX.Element | null {
  return fault ? (
    <p class="fault" id={`${id}-fault`}>
      <Icon name="alert" />
      <span>{fault}</span>
    </p>
  ) : null;
}

/** Radio buttons or one check box, drawn as cards. */
export function Cards({
  id,
  legend,
  isHeading = false,
  fault,
  options,
  value,
  set,
}: {
  id: string;
  legend: string;
  /** The screen's heading already says what the legend says. */
  isHeading?: boolean;
  fault?: string | undefined;
  options: readonly { value: string; label: string; hint?: string }[];
  value: string;
  set(value: string): void;
}): JSX.Element {
  return (
    <fieldset
      class={fault ? "question wrong" : "question"}
      aria-describedby={fault ? `${id}-fault` : undefined}
    >
      <legend class={isHeading ? "said" : "label"}>{legend}</legend>
      <Fault id={id} fault={fault} />
      <div class="choices">
        {options.map((option, at) => (
          <Card
            key={option.value}
            id={at === 0 ? id : `${id}-${at}`}
            type="radio"
            name={id}
            isChosen={option.value === value}
            label={option.label}
            hint={option.hint}
            press={() => set(option.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function Card({
  label,
  hint,
  isChosen,
  press,
  ...input
}: {
  id: string;
  type: "radio" | "checkbox";
  name?: string;
  label: string;
  hint?: string | undefined;
  isChosen: boolean;
  press(): void;
}): JSX.Element {
  const [isFocused, setFocused] = useState(false);
  return (
    <label class={`choice${isChosen ? " chosen" : ""}${isFocused ? " focused" : ""}`}>
      <input
        {...input}
        checked={isChosen}
        onChange={press}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <span class="tick" />
      <span>
        {label}
        {hint && <small class="choice-hint">{hint}</small>}
      </span>
    </label>
  );
}
