/** Asking for a dossier back: why, and once more whether one is sure. Works without a network. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierView } from "../../api/contract.ts";
import { useLanguage } from "../../language/context.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { withdraw } from "../../sync/mutations.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";
import { Fault } from "../design/fields.tsx";

/** States that the agency lets a dossier be withdrawn from (docs/contracts.md §5). */
const OPEN = ["submitted", "received", "processing", "supplement"];
const LONGEST = 1000;

/** Whether asking makes sense: the dossier is open, and it has not been asked already. */
export function mayWithdraw(dossier: DossierView, items: readonly JournalItem[]): boolean {
  const isAsked = items.some(
    (item) => item.kind === "dossier.withdraw" && item.state !== "needs-repair",
  );
  return OPEN.includes(dossier.state) && !isAsked;
}

export function Withdrawing({ dossier }: { dossier: DossierView }): JSX.Element {
  const { app } = useApp();
  const words = useAllWords();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [isKeeping, setKeeping] = useState(false);
  const ask = async (): Promise<void> => {
    if (reason.trim() === "") {
      setFault(words.withdraw.missing);
      document.getElementById("withdraw-reason")?.focus();
      return;
    }
    setKeeping(true);
    try {
      await withdraw(app.store, dossier.id, { reason: reason.trim(), language });
      await app.read(["journal"]);
      void app.sendNow();
    } catch (error) {
      setFault(reasonWords(words, codeOf(error)));
      setKeeping(false);
    }
  };
  if (!isOpen) {
    return (
      <button type="button" class="link danger" onClick={() => setOpen(true)}>
        {words.withdraw.open}
      </button>
    );
  }
  return (
    <form
      class="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isKeeping) void ask();
      }}
    >
      <h2 class="section-title">{words.withdraw.open}</h2>
      <p>{words.withdraw.what}</p>
      <div class={fault ? "question wrong" : "question"}>
        <label class="label" for="withdraw-reason">
          {words.withdraw.reason}
        </label>
        <Fault id="withdraw-reason" fault={fault} />
        <textarea
          id="withdraw-reason"
          class="field"
          rows={3}
          maxLength={LONGEST}
          value={reason}
          aria-describedby={fault ? "withdraw-reason-fault" : undefined}
          aria-invalid={fault ? true : undefined}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <div class="two control">
        <button type="button" class="button second" onClick={() => setOpen(false)}>
          {words.app.cancel}
        </button>
        <button type="submit" class="button" disabled={isKeeping}>
          {words.withdraw.sure}
        </button>
      </div>
    </form>
  );
}
