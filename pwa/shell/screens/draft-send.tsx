/**
 * The last screen: the declaration, never ticked beforehand, and Send. Send works without a network;
 * it ends when the phone holds the dossier for sure, and delivery goes on by itself.
 */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Ask } from "../../forms/renderer/ask.tsx";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useLanguage, useWords } from "../../language/context.ts";
import { codeOf, pick, reasonWords } from "../../language/messages.ts";
import { send } from "../../sync/mutations.ts";
import { useApp } from "../app-context.ts";
import { Card, Fault } from "../design/fields.tsx";
import { FormFrame } from "../design/form-frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { addressOf } from "../router.ts";
import { CHECK, DECLARE, type DraftProps } from "./draft-places.ts";

export function DeclareScreen({
  filling,
  go,
  leave,
  warning,
}: DraftProps & { warning: ComponentChildren }): JSX.Element {
  const { app, state, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [hasDeclared, setDeclared] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [isKeeping, setKeeping] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { draft } = filling;
  const { declaration, hasDeclaration } = filling.walk();
  const commune = state.catalogue?.communes.find((one) => one.code === draft.commune);
  const procedure = state.catalogue?.procedures.find((one) => one.code === draft.procedure);
  const title = draft.supplement ? words.declare.supplementTitle : words.declare.title;
  useEffect(() => filling.stand(DECLARE), [filling]);

  const submit = async (): Promise<void> => {
    if (isKeeping) return;
    if (filling.faults().length > 0) {
      go(CHECK, { replace: true });
      return;
    }
    const isMissing = declaration
      ? filling.tell([declaration]).length > 0
      : !hasDeclaration && !hasDeclared;
    setWrong(isMissing);
    if (isMissing) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".wrong input")?.focus());
      return;
    }
    setKeeping(true);
    setProblem(null);
    try {
      await filling.flush();
      const item = await send(app.store, draft, filling.answers());
      await app.read(["drafts", "journal"]);
      void app.sendNow();
      router.go(addressOf("sent", item.id), { replace: true });
    } catch (error) {
      setProblem(codeOf(error));
      setKeeping(false);
    }
  };
  return (
    <FormFrame title={title} at={DECLARE} progress={null} leave={leave}>
      {warning}
      <Heading>{title}</Heading>
      <div class="card">
        <p>
          <strong>{procedure ? pick(procedure.name, language) : draft.procedure}</strong>
        </p>
        <p>
          {draft.helper
            ? words.declare.helper(draft.helper.name, draft.applicant.name)
            : words.form.for(draft.applicant.name)}
        </p>
        {commune && <p>{words.declare.to(`${commune.name}, ${commune.provinceName}`)}</p>}
      </div>
      <form
        class="field-list"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {declaration ? (
          <Ask
            item={declaration}
            form={filling}
            words={words}
            isAlone={false}
            next={() => undefined}
          />
        ) : (
          !hasDeclaration && (
            <div class={isWrong ? "question wrong" : "question"}>
              <Fault
                id="declaration"
                fault={isWrong ? words.faults.requiredDeclaration : undefined}
              />
              <Card
                id="declaration"
                type="checkbox"
                label={words.declare.own}
                isChosen={hasDeclared}
                press={() => setDeclared(!hasDeclared)}
              />
            </div>
          )
        )}
        <p class="hint question">{words.declare.offline}</p>
        <div role="alert">
          {problem && (
            <Notice tone="danger">
              <p>
                <strong>{words.declare.failed}</strong>
              </p>
              <p>{reasonWords(words, problem)}</p>
            </Notice>
          )}
        </div>
        <div class="form-actions">
          <div>
            <button
              type="button"
              class="button second"
              onClick={() => go(CHECK, { replace: true })}
            >
              <Icon name="back" />
              {words.form.back}
            </button>
            <button type="submit" class="button" disabled={isKeeping}>
              <Icon name="send" />
              {isKeeping ? words.declare.sending : words.declare.send}
            </button>
          </div>
        </div>
      </form>
    </FormFrame>
  );
}
