/**
 * Whether a form calls on rare.ts: told by its expressions, before it is opened.
 */
import type { Definition } from "./definition.ts";

/** The names in `rare.functions` and `rare.axes`; a test holds them together. */
export const RARE =
  /^(a?(cos|sin|tan)|atan2|ancestor(-or-self)?|area|base64-decode|boolean-from-string|(weighted-)?checklist|decimal-time|descendant(-or-self)?|digest|distance|ends-with|exp(10)?|(following|preceding)(-sibling)?|geofence|indexed-repeat|log(10)?|(local-)?name|namespace-uri|pi|pow|pulldata|random|randomize|sqrt|substring|substring-(after|before)|translate)$/;

/** Whether open() must be given `rare`. True for some forms that could do without, never the reverse. */
export function needsRare({ nodes, body, actions, instances }: Definition): boolean {
  // The names of columns and plain cells are no calls.
  const cells = Object.values(instances).map((instance) =>
    "values" in instance ? instance.values.map((cells) => cells.filter(isPart)) : [],
  );
  return names([nodes, body, actions, cells]);
}

const isPart = (part: unknown): part is object => typeof part === "object" && part !== null;

/** Whether anything looks like a call of a rare function or asks for a random order. */
function names(part: unknown): boolean {
  if (!isPart(part)) return false;
  if (!Array.isArray(part)) return "randomize" in part || Object.values(part).some(names);
  return (typeof part[0] === "string" && RARE.test(part[0])) || part.some(names);
}
