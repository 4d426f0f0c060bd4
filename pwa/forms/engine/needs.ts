/**
 * Whether a form calls on rare.ts: told by its expressions, before it is opened.
 */
import type { Definition } from "./definition.ts";

/** A call or a step by a name in `rare.functions` or `rare.axes`; a test holds them together. */
export const RARE =
  /\["(a?(cos|sin|tan)|atan2|ancestor(-or-self)?|area|base64-decode|boolean-from-string|(weighted-)?checklist|decimal-time|descendant(-or-self)?|digest|distance|ends-with|exp(10)?|(following|preceding)(-sibling)?|geofence|indexed-repeat|log(10)?|(local-)?name|namespace-uri|pi|pow|pulldata|random|randomize|sqrt|substring|substring-(after|before)|translate)"|"randomize":/;

/** Whether open() must be given `rare`. True for some forms that could do without, never the reverse. */
export function needsRare({ nodes, body, actions, instances }: Definition): boolean {
  // The names of columns and plain cells are no calls.
  const cells = Object.values(instances).map((instance) =>
    "values" in instance
      ? instance.values.map((column) => column.filter((cell) => typeof cell !== "string"))
      : [],
  );
  // Looking through the text of a long form is faster than walking over its parts.
  return RARE.test(JSON.stringify([nodes, body, actions, cells]));
}
