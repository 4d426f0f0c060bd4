/** The agency's signed receipt: what it means, and as a code that anybody can check at another screen. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAllWords } from "../../language/rare.ts";
import { Notice } from "../design/parts.tsx";
import { Qr } from "../design/qr.tsx";

/**
 * @param heldFor why a person must look at it first; null when nobody must
 * @param origin of the server that signed, where `/verify` checks it
 */
export function ReceiptNotice({
  receipt,
  heldFor,
  origin,
}: {
  receipt: string;
  heldFor: string | null;
  origin: string;
}): JSX.Element {
  const words = useAllWords();
  const [isShown, setShown] = useState(false);
  const heldWhy = heldFor === "dossier-exists" ? words.receipt.heldBeside : words.receipt.heldWhy;
  const why = heldFor === null ? words.dossiers.receiptHeld : heldWhy;
  const address = `${origin}/verify?receipt=${receipt}`;
  return (
    <Notice tone="good">
      <p>
        <strong>{words.dossiers.receipt}</strong>
      </p>
      <p>{why}</p>
      <button type="button" class="link" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? words.receipt.hide : words.receipt.show}
      </button>
      {isShown && (
        <>
          <Qr text={address} label={words.receipt.code} />
          <p class="small">
            {words.receipt.hint} <a href={address}>{words.receipt.check}</a>
          </p>
        </>
      )}
    </Notice>
  );
}
