/**
 * Signing in by the OpenID Connect provider that the server offers: the button that leads there, and
 * coming back. Where none is offered, or without a network, nothing is shown.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { beginAtProvider, offeredProvider, signInFromProvider } from "../../identity/openid.ts";
import { useAllWords } from "../../language/rare.ts";
import { useApp } from "../app-context.ts";

/** Runs one step of signing in, as the screen around does. */
type Run = (work: () => Promise<void>) => Promise<void>;

/** @param enrolment token of a link: the identity is tied to the person of it, and signs them in */
export function ProviderButton({
  enrolment = "",
  isBusy,
  run,
}: {
  enrolment?: string;
  isBusy: boolean;
  run: Run;
}): JSX.Element | null {
  const { app } = useApp();
  const words = useAllWords().signIn;
  const [name, setName] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    offeredProvider().then(setName, () => undefined);
  }, []);
  if (!name) return null;
  const go = (): Promise<void> =>
    run(async () => {
      const address = await beginAtProvider(app.shared, enrolment);
      setLeaving(true);
      window.location.assign(address);
    });
  return (
    <>
      <button
        type="button"
        class="button second"
        disabled={isBusy || isLeaving}
        onClick={() => void go()}
      >
        <Icon name="person" />
        {isLeaving ? words.providerGone : enrolment ? words.tie(name) : words.provider(name)}
      </button>
      {enrolment && <p class="small soft">{words.tieHint}</p>}
    </>
  );
}

/** Anybody can write an address: only what could be a code is shown as one. */
function codeIn(text: string): string {
  return /^[a-z][a-z-]{1,39}$/.test(text) ? text : "openid-refused";
}

/** What the address of this screen says of a sign-in that led to the provider and back. */
export function useReturn(run: Run, enter: () => Promise<void>): void {
  const { app, router } = useApp();
  useEffect(() => {
    const asked = new URLSearchParams(router.current().query);
    const problem = asked.get("problem");
    if (problem === null && !asked.has("back")) return;
    // Told once: who comes to this address again, or shares it, begins anew.
    router.go("/sign-in", { replace: true });
    void run(async () => {
      if (problem !== null) throw Object.assign(new Error(problem), { code: codeIn(problem) });
      if (await signInFromProvider(app.shared)) await enter();
    });
  }, []);
}
