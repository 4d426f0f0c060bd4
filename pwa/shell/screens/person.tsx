/** Everyone who uses this phone, each one press away; and how one more is added. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useAllWords } from "../../language/rare.ts";
import { OWN_STORE } from "../../store/schema.ts";
import { useApp } from "../app-context.ts";

/** A person of this phone other than the one whose store is open. */
export interface Colleague {
  store: string;
  name: string;
}

export function useColleagues(): Colleague[] {
  const { app, state } = useApp();
  const words = useAllWords();
  const named = state.people.map(({ store, name, isLeaving }) => ({
    store,
    // Their device was revoked: they are here as whose dossiers these are, and go with them.
    name: isLeaving ? words.people.leaving(name) : name,
  }));
  const all = [...named, { store: OWN_STORE, name: words.lock.own }];
  return all.filter(({ store }) => store !== app.store.name);
}

/** Buttons that open each other person's store, or the lock before it. */
export function OtherPeople({ label }: { label(name: string): string }): JSX.Element {
  const { app, router } = useApp();
  const colleagues = useColleagues();
  const turnTo = async (store: string): Promise<void> => {
    await app.switchTo(store);
    router.go("/", { replace: true });
  };
  return (
    <>
      {colleagues.map(({ store, name }) => (
        <button key={store} type="button" class="button second" onClick={() => void turnTo(store)}>
          <Icon name="person" />
          {label(name)}
        </button>
      ))}
    </>
  );
}
