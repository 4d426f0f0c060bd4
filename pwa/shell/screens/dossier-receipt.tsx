/** The agency's signed receipt: what it means, and as a code that anybody can check at another screen. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAllWords } from "../../language/rare.ts";
import { Notice } from "../design/parts.tsx";
import { Qr } from "../design/qr.tsx";

/** @param origin of the server that signed, where `/verify` checks it */
export function ReceiptNotice({
  receipt,
  isHeld,
  origin,
}: {
  receipt: string;
  isHeld: boolean;
  origin: string;
}): JSX.Element {
  const words = useAllWords();
  const [isShown, setShown] = useState(false);
  const address = `${origin}/verify?receipt=${receipt}`;
  return (
    <Notice tone="good">
      <p>
        <strong>{words.dossiers.receipt}</strong>
      </p>
      <p>{isHeld ? words.dossiers.heldWhy : words.dossiers.receiptHeld}</p>
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
