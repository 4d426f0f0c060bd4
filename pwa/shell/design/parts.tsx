/** The small parts that screens share: notices, links in rows, states, headings with a focus place. */
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../../forms/renderer/icon.tsx";

export type Tone = "plain" | "attention" | "good" | "danger";

const ICONS: Record<Tone, IconName> = {
  plain: "info",
  attention: "alert",
  good: "check",
  danger: "alert",
};

export function Notice({
  tone = "plain",
  role,
  children,
}: {
  tone?: Tone;
  role?: "status" | "alert";
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={role}>
      <Icon name={ICONS[tone]} />
      <div>{children}</div>
    </div>
  );
}

export function Heading({ children }: { children: ComponentChildren }): JSX.Element {
  return <h1 tabIndex={-1}>{children}</h1>;
}

/** A row that leads somewhere. */
export function Row({
  to,
  icon,
  tone = "plain",
  children,
}: {
  to: string;
  icon?: IconName;
  tone?: Tone;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <a class={tone === "attention" ? "row attention" : "row"} href={to}>
      {icon && <Icon name={icon} />}
      <span class="row-text">{children}</span>
      <Icon name="next" />
    </a>
  );
}

export function StateMark({
  tone,
  children,
}: {
  tone: Tone;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`state ${tone}`}>
      <Icon name={tone === "plain" ? "clock" : ICONS[tone]} />
      {children}
    </span>
  );
}

/** How a state of the national interface is coloured. */
export function toneOf(state: string): Tone {
  if (state === "supplement" || state === "fee") return "attention";
  if (state === "finished" || state === "returned") return "good";
  return state === "refused" || state === "stopped" ? "danger" : "plain";
}

/** Pairs of a name and a value; pairs without a value are left out. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [string, ComponentChildren])[];
}): JSX.Element {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
