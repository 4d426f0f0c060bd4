/** An answer in the words a person reads when checking: labels for choices, dates day first. Pure. */
import type { Words } from "../../language/messages.ts";
import { precisionOf, shownDate } from "./dates.ts";
import { keptWords } from "./kept.tsx";
import { plain } from "./markdown.tsx";
import { pointsOf } from "./points.ts";
import type { Host, Question } from "./question.ts";

/**
 * The answer in words, "" when there is none. Photos have no words: they are shown.
 * @param host knows kind and size of kept files; without one a file goes by its name
 */
export function shownAnswer(
  question: Question,
  words: Words,
  host?: Pick<Host, "sizeOf" | "typeOf">,
): string {
  const { value, element, type, choices } = question;
  if (value === "") return "";
  switch (element.as) {
    case "select1":
    case "select":
    case "rank": {
      const names = element.as === "select1" ? [value] : value.split(" ").filter(Boolean);
      const labels = names.map((name) =>
        plain(choices.find((choice) => choice.value === name)?.label ?? name),
      );
      return element.as === "rank"
        ? labels.map((label, at) => `${at + 1}. ${label}`).join("\n")
        : labels.join("\n");
    }
    case "upload":
      return host ? keptWords(host, value, words) : value;
    case "trigger":
      return words.controls.acknowledge;
    case "secret":
      return "•".repeat(value.length);
    default:
      break;
  }
  if (type === "date") return shownDate(value, precisionOf(element.appearance));
  if (type === "time") return value.slice(0, 5);
  if (type === "dateTime") return `${value.slice(11, 16)}, ${shownDate(value)}`;
  if (type === "decimal") return value.replace(".", ",");
  if (type === "geopoint") return value.split(" ").slice(0, 2).join(", ");
  if (type === "geotrace" || type === "geoshape")
    return words.kept.points(pointsOf(value, type === "geoshape").length);
  return value;
}

/** Whether the answer is a kept picture: shown as itself. */
export function isPicture(question: Question, host: Pick<Host, "typeOf">): boolean {
  const { element, value } = question;
  return element.as === "upload" && (host.typeOf(value)?.startsWith("image/") ?? false);
}
