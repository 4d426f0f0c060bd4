/**
 * Before the form: what happens to what is told (screens/consent.tsx), then whose dossier it is, and
 * where it goes. In assisted mode the helper is recorded apart from the applicant, with the relation
 * and the applicant's agreement, neither filled in ahead.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Procedure } from "../../api/contract.ts";
import { Icon } from "../../forms/renderer/icon.tsx";
import { type Definition, openForm, saveForm } from "../../forms/renderer/session.ts";
import { useLanguage, useWords } from "../../language/context.ts";
import { codeOf, pick, reasonWords, type Words } from "../../language/messages.ts";
import { createDraft } from "../../store/drafts.ts";
import { loadForm } from "../../sync/catalogue.ts";
import { useApp } from "../app-context.ts";
import { Card, Cards, Fault, Field } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { addressOf } from "../router.ts";
import { type Consent, ConsentScreen } from "./consent.tsx";

export interface Start {
  isHelping: boolean;
  name: string;
  phone: string;
  helper: string;
  relation: string;
  hasAuthority: boolean;
  commune: string;
}

type Faults = { [field in keyof Start]?: string };

export const PHONE = /^(0|\+84)(3|5|7|8|9)[0-9]{8}$/;

/** Whether first values may be those of the last dossier. */
const isRemembering = ({ instances }: Definition): boolean =>
  Object.values(instances).some((instance) => "lastSaved" in instance);

/** What is missing or wrong before the form may open, in words. */
export function faultsOf(start: Start, words: Words): Faults {
  const { faults } = words.begin;
  const found: Faults = {};
  if (start.name.trim() === "") found.name = faults.name;
  const phone = start.phone.replace(/[\s.]/g, "");
  if (phone !== "" && !PHONE.test(phone)) found.phone = faults.phone;
  if (start.commune === "") found.commune = faults.commune;
  if (start.isHelping) {
    if (start.helper.trim() === "") found.helper = faults.name;
    if (start.relation === "") found.relation = faults.relation;
    if (!start.hasAuthority) found.hasAuthority = faults.authority;
  }
  return found;
}

export function Begin(props: { procedure: Procedure; back(): void }): JSX.Element {
  const language = useLanguage();
  const [consent, setConsent] = useState<Consent | null>(null);
  if (consent) return <BeginFor {...props} consent={consent} />;
  const name = pick(props.procedure.name, language);
  return <ConsentScreen procedure={name} back={props.back} agree={setConsent} />;
}

function BeginFor({
  procedure,
  back,
  consent,
}: {
  procedure: Procedure;
  back(): void;
  consent: Consent;
}): JSX.Element {
  const { app, state, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const communes = (state.catalogue?.communes ?? []).filter((one) => one.isOpen);
  const mine = state.drafts.find((draft) => draft.helper === null)?.applicant;
  const [start, setStart] = useState<Start>({
    isHelping: state.profile?.role === "officer",
    name: "",
    phone: "",
    helper: state.profile?.name ?? "",
    relation: state.profile?.role === "officer" ? (words.begin.relations[0] ?? "") : "",
    hasAuthority: false,
    commune:
      communes.find((one) => one.code === state.profile?.commune)?.code ??
      (communes.length === 1 ? (communes[0]?.code ?? "") : ""),
  });
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<string | null>(null);
  const change = (part: Partial<Start>): void => setStart({ ...start, ...part });
  const chooseWho = (isHelping: boolean): void =>
    change(
      isHelping
        ? { isHelping, name: "", phone: "" }
        : { isHelping, name: mine?.name ?? state.profile?.name ?? "", phone: mine?.phone ?? "" },
    );

  const begin = async (): Promise<void> => {
    const found = faultsOf(start, words);
    setFaults(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(".wrong input, .wrong select")?.focus(),
      );
      return;
    }
    try {
      const commune = communes.find((one) => one.code === start.commune);
      const { definition, resources } = await loadForm(app.shared, procedure.form, language);
      const form = await openForm({
        definition: isRemembering(definition)
          ? await (await import("../last-saved.ts")).lastSaved(
              app.store,
              procedure.code,
              definition,
            )
          : definition,
        resources,
        language,
        presets: {
          _procedure: procedure.code,
          _commune: start.commune,
          _province: commune?.provinceCode ?? "",
        },
      });
      const phone = start.phone.replace(/[\s.]/g, "");
      const draft = await createDraft(app.store, {
        procedure: procedure.code,
        form: procedure.form,
        commune: start.commune,
        language,
        applicant: { name: start.name.trim().normalize("NFC"), ...(phone !== "" && { phone }) },
        helper: start.isHelping
          ? {
              personId: state.profile?.personId ?? "",
              name: start.helper.trim().normalize("NFC"),
              relation: start.relation,
              authority: words.begin.authority,
            }
          : null,
        consent,
        answers: saveForm(form),
      });
      router.go(addressOf("drafts", draft.id));
    } catch (error) {
      const code = codeOf(error);
      setProblem(
        code.startsWith("network") ? words.procedures.notOffline : reasonWords(words, code),
      );
    }
  };
  return (
    <Frame title={words.begin.title} tab="procedures">
      <div>
        <button type="button" class="link" onClick={back}>
          <Icon name="back" />
          {pick(procedure.name, language)}
        </button>
        <Heading>{words.begin.title}</Heading>
      </div>
      {problem && (
        <Notice tone="danger" role="alert">
          <p>{problem}</p>
        </Notice>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <Cards
          id="who"
          legend={words.begin.title}
          isHeading
          options={[
            { value: "me", label: words.begin.me },
            { value: "other", label: words.begin.other, hint: words.begin.otherHint },
          ]}
          value={start.isHelping ? "other" : "me"}
          set={(value) => chooseWho(value === "other")}
        />
        <fieldset class="question form-group">
          <legend class="form-group-title">{words.begin.applicantSection}</legend>
          <Field
            id="name"
            label={words.begin.name}
            hint={words.begin.nameHint}
            fault={faults.name}
            value={start.name}
            set={(name) => change({ name })}
            autoComplete={start.isHelping ? "off" : "name"}
          />
          <Field
            id="phone"
            label={`${words.begin.phone} ${words.form.optional}`}
            hint={words.begin.phoneHint}
            fault={faults.phone}
            value={start.phone}
            set={(phone) => change({ phone })}
            inputMode="tel"
            autoComplete={start.isHelping ? "off" : "tel"}
          />
        </fieldset>
        {start.isHelping && (
          <fieldset class="question form-group">
            <legend class="form-group-title">{words.begin.helperSection}</legend>
            {!state.profile && (
              <Notice>
                <p>{words.begin.notSignedIn}</p>
                <a href="/sign-in">{words.begin.signIn}</a>
              </Notice>
            )}
            <Field
              id="helper"
              label={words.begin.yourName}
              fault={faults.helper}
              value={start.helper}
              set={(helper) => change({ helper })}
              autoComplete="name"
            />
            <Cards
              id="relation"
              legend={words.begin.relation}
              fault={faults.relation}
              options={words.begin.relations.map((label) => ({ value: label, label }))}
              value={start.relation}
              set={(relation) => change({ relation })}
            />
            <div class={faults.hasAuthority ? "question wrong" : "question"}>
              <Fault id="authority" fault={faults.hasAuthority} />
              <Card
                id="authority"
                type="checkbox"
                label={words.begin.authority}
                isChosen={start.hasAuthority}
                press={() => change({ hasAuthority: !start.hasAuthority })}
              />
            </div>
          </fieldset>
        )}
        <div class={faults.commune ? "question wrong" : "question"}>
          <label class="label" for="commune">
            {words.begin.commune}
          </label>
          <Fault id="commune" fault={faults.commune} />
          <select
            id="commune"
            class="field"
            value={start.commune}
            aria-describedby={faults.commune && "commune-fault"}
            aria-invalid={faults.commune ? true : undefined}
            onChange={(event) => change({ commune: event.currentTarget.value })}
          >
            {communes.length !== 1 && <option value="">–</option>}
            {communes.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}, {one.provinceName}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="button question">
          {words.begin.start}
          <Icon name="next" after />
        </button>
      </form>
    </Frame>
  );
}
