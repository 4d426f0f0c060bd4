/**
 * A draft being filled: opens it, finds the page the address asks for, and hands both to the screen
 * of that page. The address keeps the place, so the phone's own back button goes one question back.
 */
import type { JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { pageOfRef, stops } from "../../forms/renderer/page.ts";
import { useLanguage, useWords } from "../../language/context.ts";
import { codeOf, reasonWords, type Words } from "../../language/messages.ts";
import type { App } from "../app.ts";
import { useApp } from "../app-context.ts";
import { carryOver, decline, type NoOffer, type Offer, offerFor } from "../carrying.ts";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import type { Filling } from "../filling.ts";
import { openDraft } from "../opening.ts";
import { addressOf } from "../router.ts";
import { CheckScreen } from "./draft-check.tsx";
import { DraftPage } from "./draft-page.tsx";
import { CARRY, CHECK, DECLARE, type DraftProps } from "./draft-places.ts";
import { DeclareScreen } from "./draft-send.tsx";

const ELSEWHERE = "draft-changed-elsewhere";

export function DraftScreen({ id }: { id: string }): JSX.Element {
  const { app, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [filling, setFilling] = useState<Filling | null | undefined>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [offer, setOffer] = useState<Offered | NoOffer>("none");
  const [loads, loadAgain] = useReducer((count: number) => count + 1, 0);
  const open = useRef<Filling | undefined>(undefined);

  useEffect(() => {
    let isGone = false;
    const failed = (error: unknown): void => {
      const code = codeOf(error);
      if (code === ELSEWHERE) void load();
      setProblem(code);
    };
    const load = async (): Promise<void> => {
      const changed = (): void => {
        // What could not be saved then is saved now, or says so once more.
        setProblem((told) => (told === ELSEWHERE ? told : null));
        redraw(undefined);
      };
      const opened = await openDraft(app.store, id, language, changed, failed);
      const offered = opened ? await offerOf(app, opened, words) : "none";
      if (isGone) return;
      // What the server found wrong stands at its questions.
      const refused = app.state.items.find(
        (item) => item.draft === id && item.state === "needs-repair",
      );
      for (const { ref, message } of refused?.faults ?? []) {
        if (message) opened?.refuse(ref, message, true);
      }
      open.current = opened;
      setOffer(offered);
      setFilling(opened);
    };
    load().catch((error: unknown) => setProblem(codeOf(error)));
    app.setFilling(true);
    const flush = (): void => {
      if (document.hidden) void open.current?.settle();
    };
    document.addEventListener("visibilitychange", flush);
    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", flush);
      void open.current?.settle().then(() => app.read(["drafts"]));
      app.setFilling(false);
    };
  }, [id, app.store, loads]);

  useEffect(() => filling?.speak(language), [language, filling]);
  useEffect(() => {
    const isBeginning = filling?.draft.state === "open" && !filling.draft.supplement;
    return isBeginning ? filling.seek() : undefined;
  }, [filling]);

  const wantsCarry = new URLSearchParams(router.current().query).has(CARRY);
  const isOffering =
    typeof offer !== "string" &&
    (offer.isForced || wantsCarry || filling?.draft.declined !== offer.form);

  // The place becomes part of the address at once, so that coming back to it is coming back here.
  const isPlaced = new URLSearchParams(router.current().query).has("q");
  useEffect(() => {
    if (!filling || isPlaced || isOffering || filling.draft.state === "sent") return;
    const start = filling.draft.position ?? stops(filling.walk().pages)[0]?.key ?? CHECK;
    const search = new URLSearchParams({ q: start });
    router.go(`${addressOf("drafts", id)}?${search}`, { replace: true });
  }, [filling, isPlaced, isOffering, id, router]);

  if (!filling) {
    const text =
      filling === undefined
        ? words.form.unknownDraft
        : problem?.startsWith("network")
          ? words.form.formMissing
          : problem && reasonWords(words, problem);
    return (
      <Frame title={words.home.drafts}>
        <Heading>{words.home.drafts}</Heading>
        {text ? (
          <Notice tone="attention" role="alert">
            <p>{text}</p>
            <a href="/">{words.app.toHome}</a>
          </Notice>
        ) : (
          <p role="status">{words.app.loading}</p>
        )}
      </Frame>
    );
  }
  if (filling.draft.state === "sent") {
    return (
      <Frame title={words.home.drafts}>
        <Heading>{words.dossiers.title}</Heading>
        <Notice>
          <p>{words.form.alreadySent}</p>
          <a href={addressOf("dossiers", filling.draft.dossier)}>{words.sent.toDossiers}</a>
        </Notice>
      </Frame>
    );
  }

  const query = new URLSearchParams(router.current().query);
  const { pages, declaration } = filling.walk();
  const asked = query.get("q") ?? filling.draft.position ?? "";
  const isFromCheck = query.has("check");
  const go: DraftProps["go"] = (key, options = {}) => {
    const search = new URLSearchParams(options.isFromCheck ? { q: key, check: "" } : { q: key });
    router.go(`${addressOf("drafts", id)}?${search}`, { replace: options.replace ?? false });
  };
  const leave = (): void => {
    void filling.settle().then(() => router.go("/"));
  };
  const shared = { filling, go, leave };
  const warning = problem ? (
    <Notice tone="danger" role="alert">
      <p>{problem === ELSEWHERE ? words.form.elsewhere : reasonWords(words, problem)}</p>
    </Notice>
  ) : (
    offer === "not-here" && (
      <Notice tone="attention" role="status">
        <p>{words.carried.notHere}</p>
      </Notice>
    )
  );
  if (isOffering && typeof offer !== "string") {
    const settle = (decided: typeof carryOver): void => {
      filling
        .settle()
        .then(() => decided(app.store, filling.draft, offer))
        .then(() => {
          router.go(addressOf("drafts", id), { replace: true });
          setOffer("none");
          setFilling(null);
          loadAgain(undefined);
        })
        .catch((error: unknown) => setProblem(codeOf(error)));
    };
    return (
      <offer.Screen
        offer={offer}
        host={filling.host}
        accept={() => settle(carryOver)}
        keep={() => settle(decline)}
        leave={leave}
        warning={warning}
      />
    );
  }
  if (asked === DECLARE || (declaration && asked === declaration.ref))
    return <DeclareScreen {...shared} warning={warning} />;
  const page =
    asked === CHECK ? undefined : (asked !== "" && pageOfRef(pages, asked)) || stops(pages)[0];
  if (!page) return <CheckScreen {...shared} warning={warning} />;
  return <DraftPage {...shared} page={page} isFromCheck={isFromCheck} warning={warning} />;
}

/** An offer with the screen that shows it, which few drafts ever need and comes with it. */
type Offered = Offer & { Screen: typeof import("./draft-carry.tsx").CarryScreen };

async function offerOf(app: App, filling: Filling, words: Words): Promise<Offered | NoOffer> {
  const offer = await newestFor(app, filling, words);
  if (typeof offer === "string") return offer;
  const { CarryScreen } = await import("./draft-carry.tsx");
  return { ...offer, Screen: CarryScreen };
}

/** A newer version for the draft; a refusal makes the phone ask the server for it first. */
async function newestFor(app: App, { draft }: Filling, words: Words): Promise<Offer | NoOffer> {
  const isRefused = app.state.items.some(
    (item) =>
      item.draft === draft.id &&
      item.state === "needs-repair" &&
      item.reason === "form-unknown" &&
      // Of what was refused before it was carried over, the answer is that it was.
      item.createdAt > (draft.carried?.at ?? 0),
  );
  const offered = await offerFor(app.store, draft, app.state.catalogue, isRefused, words);
  if (offered !== "not-here" || !isRefused) return offered;
  await app.fetchCatalogue();
  return offerFor(app.store, draft, app.state.catalogue, isRefused, words);
}
