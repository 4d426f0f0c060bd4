import assert from "node:assert/strict";
import { test } from "node:test";
import { Ask, type Asker, type AskProps } from "../../../../pwa/forms/renderer/ask.tsx";
import type { Host, Question } from "../../../../pwa/forms/renderer/question.ts";
import { vietnamese } from "../../../../pwa/language/vi.ts";

const ITEM = { ref: "/data/a", element: { as: "input" } } as const;

/** A question on the screen whose form can be changed behind its back. */
function shown(): { form: Change; ask: Ask; props: AskProps; drawn: () => number; look(): void } {
  const form: Change = { value: "", fault: null };
  const looks: (() => void)[] = [];
  const asker: Asker = {
    host: { mediaAddress: () => undefined } as unknown as Host,
    question: () => ({ ...QUESTION, value: form.value }),
    faultOf: () => form.fault,
    set: () => undefined,
    refuse: () => undefined,
    watch: (look) => {
      looks.push(look);
      return () => looks.splice(0);
    },
  };
  const props = {
    item: ITEM,
    form: asker,
    words: vietnamese,
    isAlone: true,
    next: () => undefined,
  };
  const ask = new Ask(props);
  let count = 0;
  ask.forceUpdate = () => {
    count++;
  };
  ask.componentDidMount();
  const look = (): void => {
    for (const one of looks) one();
  };
  return { form, ask, props, drawn: () => count, look };
}

interface Change {
  value: string;
  fault: string | null;
}

const QUESTION: Question = {
  ...{ ref: ITEM.ref, element: ITEM.element, type: "string", value: "", label: "Tên" },
  ...{ hint: "", guidance: "", media: {}, isReadonly: false, isRequired: false, choices: [] },
};

test("a question is drawn again when its answer or its fault is another, and only then", () => {
  const { form, drawn, look } = shown();
  look();
  assert.equal(drawn(), 0);
  form.value = "Lò";
  look();
  look();
  assert.equal(drawn(), 1);
  form.fault = vietnamese.faults.required;
  look();
  assert.equal(drawn(), 2);
});

test("what changed while its screen was drawn whole is drawn with it", () => {
  const { form, ask, props } = shown();
  assert.equal(ask.shouldComponentUpdate(props), false);
  form.value = "Lò";
  assert.equal(ask.shouldComponentUpdate(props), true);
  assert.equal(ask.shouldComponentUpdate(props), false);
});

test("a question that has left the screen looks no more", () => {
  const { form, ask, drawn, look } = shown();
  ask.componentWillUnmount?.();
  form.value = "Lò";
  look();
  assert.equal(drawn(), 0);
});
