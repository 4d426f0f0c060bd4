/**
 * One question on the screen: its words, its hint, what is wrong with the answer, and the control.
 * The label is the screen's heading when the question stands alone; a legend when the control has
 * several inputs, so that a screen reader says the question with each of them.
 */
import { Component, type ComponentChildren, type JSX } from "preact";
import { useWords } from "../../language/context.ts";
import { Control, isGroupOfInputs, kindOf } from "./control.tsx";
import { Icon } from "./icon.tsx";
import { Listen } from "./listen.tsx";
import { Words } from "./markdown.tsx";
import { elementId, type Host, isSame, type Question } from "./question.ts";

/** Choices read aloud at most. */
const READ = 8;

export interface AskProps {
  question: Question;
  /** What is wrong, in words; null while nothing is, or while it is too early to say. */
  fault: string | null;
  isAlone: boolean;
  host: Host;
  /** These three must do the same for the same reference at every drawing: the first are kept. */
  set(value: string): void;
  refuse(why: string | null, isAttempt?: boolean): void;
  next(): void;
}

/** Drawn again only when something about it has changed: an answer redraws its page with each key. */
export class Ask extends Component<AskProps> {
  override shouldComponentUpdate(next: AskProps): boolean {
    const { question, fault, isAlone, host } = this.props;
    return !(
      fault === next.fault &&
      isAlone === next.isAlone &&
      host === next.host &&
      isSame(question, next.question)
    );
  }

  override render(): JSX.Element {
    return <Asked {...this.props} />;
  }
}

function Asked({ question, fault, isAlone, ...doing }: AskProps): JSX.Element {
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
  const film = host.mediaAddress(media.video);
  const body = (
    <>
      <Listen
        text={spoken(question)}
        audio={host.mediaAddress(media.audio)}
        about={question.label}
      />
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
