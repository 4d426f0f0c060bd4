/** Hours and minutes in two boxes; with a date before them where the question asks for both. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import type { ControlProps } from "../question.ts";
import { DateControl } from "./date.tsx";

/** Hours and minutes as typed → `HH:MM:00`, "" when both are empty, undefined when no time of day. */
export function timeOf(hour: string, minute: string): string | undefined {
  if (hour === "" && minute === "") return "";
  if (!/^\d{1,2}$/.test(hour) || !/^\d{0,2}$/.test(minute)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}:00`;
}

/** Milliseconds and the zone behind the seconds of a moment. */
const ZONED = ".000+07:00";

export function TimeControl(props: ControlProps): JSX.Element {
  const { question, id, describedBy, isWrong, set, refuse } = props;
  const words = useWords();
  const match = /^(\d{2}):(\d{2})/.exec(question.value);
  const [typed, setTyped] = useState({ hour: match?.[1] ?? "", minute: match?.[2] ?? "" });
  const minutes = useRef<HTMLInputElement>(null);
  const change = (part: "hour" | "minute", text: string): void => {
    const now = { ...typed, [part]: text.replace(/\D/g, "").slice(0, 2) };
    setTyped(now);
    const value = timeOf(now.hour, now.minute);
    refuse(value === undefined ? words.faults.time : null);
    set(value ?? "");
    if (part === "hour" && now.hour.length === 2) minutes.current?.focus();
  };
  return (
    <div class="control date-boxes">
      {(["hour", "minute"] as const).map((part) => (
        <div key={part}>
          <label class="label" for={part === "hour" ? id : `${id}-${part}`}>
            {words.controls[part]}
          </label>
          <input
            ref={part === "minute" ? minutes : undefined}
            id={part === "hour" ? id : `${id}-${part}`}
            class="field"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            enterkeyhint="next"
            maxLength={2}
            value={typed[part]}
            readOnly={question.isReadonly}
            aria-describedby={describedBy}
            aria-invalid={isWrong || undefined}
            onInput={(event) => change(part, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  );
}

/** Two controls over one value `YYYY-MM-DDTHH:MM:SS`, the time in Vietnam's zone. */
export function MomentControl(props: ControlProps): JSX.Element {
  const { question, set, refuse } = props;
  const words = useWords();
  const [day, setDay] = useState(question.value.slice(0, 10));
  const [time, setTime] = useState(question.value.slice(11, 19));
  const whys = useRef<{ day: string | null; time: string | null }>({ day: null, time: null });
  const tell = (newDay: string, newTime: string): void => {
    setDay(newDay);
    setTime(newTime);
    const isHalf = (newDay === "") !== (newTime === "");
    const { current } = whys;
    refuse(current.day ?? current.time ?? (isHalf ? words.faults.moment : null));
    set(newDay !== "" && newTime !== "" ? `${newDay}T${newTime}${ZONED}` : "");
  };
  // What is wrong with one half must not be forgotten because the other half is right.
  const refuser =
    (half: "day" | "time"): ControlProps["refuse"] =>
    (why) => {
      whys.current[half] = why;
    };
  return (
    <>
      <DateControl
        {...props}
        question={{ ...question, value: day }}
        refuse={refuser("day")}
        set={(value) => tell(value, time)}
      />
      <TimeControl
        {...props}
        id={`${props.id}-time`}
        question={{ ...question, value: time }}
        refuse={refuser("time")}
        set={(value) => tell(day, value)}
      />
    </>
  );
}
