/**
 * One question on the screen: its words, its hint, what is wrong with the answer, and the control.
 * The label is the screen's heading when the question stands alone; a legend when the control has
 * several inputs, so that a screen reader says the question with each of them.
 */
import { Component, type ComponentChildren, type JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useWords } from "../../language/context.ts";
import type { Words as Messages } from "../../language/messages.ts";
import { Control, isGroupOfInputs, kindOf } from "./control.tsx";
import { Icon } from "./icon.tsx";
import { Listen } from "./listen.tsx";
import { Words } from "./markdown.tsx";
import type { Shown } from "./page.ts";
import { type ControlProps, elementId, type Host, isSame, type Question } from "./question.ts";

/** Choices read aloud at most. */
const READ = 8;

/** The form that is being filled, as far as a question on the screen knows it. */
export interface Asker {
  readonly host: Host;
  question(item: Item): Question;
  /** What is wrong, in words; null while nothing is, or while it is too early to say. */
  faultOf(question: Question, words: Messages): string | null;
  set(ref: string, value: string): void;
  refuse(ref: string, why: string | null, isAttempt?: boolean): void;
  /** Calls back when an answer may have changed what is seen. @returns how to end that */
  watch(look: () => void): () => void;
}

type Item = Pick<Shown, "ref" | "element">;

export interface AskProps {
  item: Item;
  form: Asker;
  words: Messages;
  isAlone: boolean;
  /** Like `form` of one reference it must do the same at every drawing: the first is kept. */
  next(): void;
}

/** Drawn again only when something about it has changed, and alone when nothing else has. */
export class Ask extends Component<AskProps> {
  private question = this.props.form.question(this.props.item);
  private fault = this.props.form.faultOf(this.question, this.props.words);
  private readonly doing = doingOf(this.props);
  override componentWillUnmount?: () => void;

  override componentDidMount(): void {
    this.componentWillUnmount = this.props.form.watch(() => {
      if (this.isOther(this.props)) this.forceUpdate();
    });
  }

  override shouldComponentUpdate(next: AskProps): boolean {
    return this.isOther(next) || next.isAlone !== this.props.isAlone;
  }

  override render(): JSX.Element {
    const { question, fault, doing } = this;
    const { form, isAlone } = this.props;
    return <Asked {...doing} {...{ question, fault, isAlone, host: form.host }} />;
  }

  private isOther({ form, item, words }: AskProps): boolean {
    const question = form.question(item);
    const fault = form.faultOf(question, words);
    if (fault === this.fault && isSame(question, this.question)) return false;
    this.question = question;
    this.fault = fault;
    return true;
  }
}

function doingOf({ form, item: { ref }, next }: AskProps): Doing {
  return {
    set: (value) => form.set(ref, value),
    refuse: (why, isAttempt) => form.refuse(ref, why, isAttempt),
    next,
  };
}

type Doing = Pick<ControlProps, "set" | "refuse" | "next">;

interface AskedProps extends Doing, Pick<ControlProps, "question" | "host"> {
  fault: string | null;
  isAlone: boolean;
}

function Asked({ question, fault, isAlone, ...doing }: AskedProps): JSX.Element {
  const words = useWords();
  const kind = kindOf(question);
  const id = elementId(question.ref);
  const isNote = kind === "note";
  const label = (
    <>
      <Words text={question.label} />
      {!isNote && !question.isRequired && !question.isReadonly && (
        <span class="optional"> {words.form.optional}</span>
      )}
    </>
  );
  const described = [question.hint !== "" && `${id}-hint`, fault !== null && `${id}-fault`]
    .filter(Boolean)
    .join(" ");
  const heading = (inner: ComponentChildren): JSX.Element =>
    isAlone ? (
      <h1 class="question-label" tabIndex={-1}>
        {inner}
      </h1>
    ) : (
      <span class="question-label">{inner}</span>
    );
  const { host } = doing;
  const { media } = question;
  const picture = host.mediaAddress(media.bigImage ?? media.image);
  // What a letter does not change is not made anew for it.
  const listen = useMemo(
    () => (
      <Listen
        text={spoken(question)}
        audio={host.mediaAddress(media.audio)}
        about={question.label}
      />
    ),
    [question.label, question.hint, question.choices, media.audio, host],
  );
  const film = host.mediaAddress(media.video);
  const body = (
    <>
      {listen}
      {picture && <img class="question-media" src={picture} alt="" />}
      {film && (
        // biome-ignore lint/a11y/useMediaCaption: XLSForm knows no caption files; the words stand beside
        <video class="question-media" src={film} controls preload="none" />
      )}
      {question.hint !== "" && (
        <p class="hint" id={`${id}-hint`}>
          <Words text={question.hint} />
        </p>
      )}
      {question.guidance !== "" && (
        <details class="guidance">
          <summary>{words.form.more}</summary>
          <p class="hint">
            <Words text={question.guidance} />
          </p>
        </details>
      )}
      {fault !== null && (
        <p class="fault" id={`${id}-fault`}>
          <Icon name="alert" />
          <span>{fault}</span>
        </p>
      )}
      <Control
        kind={kind}
        key={question.ref}
        question={question}
        id={id}
        describedBy={described || undefined}
        isWrong={fault !== null}
        {...doing}
      />
    </>
  );
  const style = fault === null ? "question" : "question wrong";
  if (isNote) {
    return (
      <div class="question notice">
        <Icon name="info" />
        <div>
          {isAlone ? (
            <h1 class="note-text" tabIndex={-1}>
              {label}
            </h1>
          ) : (
            <p>{label}</p>
          )}
          {body}
        </div>
      </div>
    );
  }
  if (isGroupOfInputs(kind)) {
    return (
      <fieldset class={style}>
        <legend>{heading(label)}</legend>
        {body}
      </fieldset>
    );
  }
  return (
    <div class={style}>
      {heading(<label for={id}>{label}</label>)}
      {body}
    </div>
  );
}

/** What is read aloud: the question, its hint, and the choices while there are few. */
function spoken({ label, hint, choices }: Question): string {
  const offered = choices.length <= READ ? choices.map((choice) => choice.label) : [];
  return [label, hint, ...offered]
    .filter((text) => text !== "")
    .map((text) => (/[.?!:…]$/.test(text) ? text : `${text}.`))
    .join(" ");
}
