/**
 * Plays one recorded session on a form: answers, repeats, language, and the state after each.
 */
import {
  addRepeat,
  answer,
  type Definition,
  type Form,
  type Instance,
  open,
  removeRepeat,
  setLanguage,
  validate,
  view,
} from "../../forms/engine/index.ts";
import { eachItem } from "../../forms/engine/instance.ts";
import { rare } from "../../forms/engine/rare.ts";

type Given = string | number | boolean | null | readonly string[] | File | Point;
interface File {
  readonly file: string;
}
interface Point {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude?: number;
  readonly accuracy?: number;
}

export interface Opening {
  readonly now: string;
}

export interface Compiled {
  readonly definition: Definition;
  readonly resources: { readonly [digest: string]: Instance };
}

export interface Message {
  readonly op: string;
  readonly ref?: string;
  readonly value?: Given;
}

export class Session {
  private readonly form: Form;

  constructor({ now }: Opening, { definition, resources }: Compiled) {
    this.form = open(definition, { resources, rare, clock: () => new Date(now) });
  }

  respond({ op, ref = "", value = null }: Message): object {
    switch (op) {
      case "answer":
        answer(this.form, ref, this.lexical(ref, value));
        return { ok: true };
      case "add":
        return { ok: true, ref: addRepeat(this.form, ref) };
      case "remove":
        removeRepeat(this.form, ref);
        return { ok: true };
      case "language":
        setLanguage(this.form, codeOf(String(value)));
        return { ok: true };
      case "state":
        return { nodes: this.state() };
    }
    throw new Error(`unknown ${op}`);
  }

  /** What a person's answer looks like in the form. */
  private lexical(ref: string, value: Given): string {
    if (value === null) return "";
    if (typeof value === "object") {
      if ("file" in value) return value.file;
      if ("join" in value) return value.join(" ");
      const { latitude, longitude, accuracy } = value;
      const altitude = value.altitude ?? (accuracy === undefined ? undefined : 0);
      return [latitude, longitude, altitude, accuracy].filter(isNumber).map(decimal).join(" ");
    }
    if (typeof value === "number" && view(this.form, ref).node.type === "decimal") {
      return decimal(value);
    }
    if (typeof value !== "boolean") return String(value);
    if (view(this.form, ref).element?.as === "trigger") return value ? "OK" : "";
    return value ? "1" : "0";
  }

  private state(): object[] {
    const faults = new Map(validate(this.form).map((fault) => [fault.ref, fault.kind]));
    const nodes: object[] = [];
    eachItem(this.form.root, (item) => {
      const seen = view(this.form, item.ref);
      nodes.push({
        ref: item.ref,
        ...(item.def.kind === "value" ? { value: seen.value } : {}),
        relevant: seen.relevant,
        readonly: seen.readonly,
        required: seen.required,
        ...(seen.choices
          ? { choices: seen.choices.map(({ value, label }) => [value, label]) }
          : {}),
        ...(faults.has(item.ref) ? { violation: faults.get(item.ref) } : {}),
      });
    });
    return nodes;
  }
}

const isNumber = (value: number | undefined): value is number => value !== undefined;

/** A number as XML Schema's canonical decimal: always a digit behind the point. */
const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** The compiler writes `fr` for a language named `French (fr)`. */
const codeOf = (language: string): string => /\(([^()]+)\)$/.exec(language)?.[1] ?? language;
