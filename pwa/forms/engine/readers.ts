/**
 * Who reads whom, worked out from the definition once when a form opens: what `feeds` and `order`
 * do not say themselves.
 */
import type { Action, Choices, Expr, Facet } from "./definition.ts";
import type { Form } from "./form.ts";

/** What the definition says about who reads whom, worked out once when a form opens. */
export interface Readers {
  readonly places: ReadonlyMap<string, number>;
  /** For each place in `order` whether an item outside the nearest shared repeat may be read. */
  isWide(place: number): boolean;
  /** For each node the select nodes whose choices depend on it. */
  readonly selects: ReadonlyMap<number, readonly number[]>;
  /** The select nodes whose choices may depend on items outside the nearest shared repeat. */
  readonly wideSelects: ReadonlySet<number>;
  readonly changeActions: ReadonlyMap<number, readonly Action[]>;
}

export function readersOf(form: Form): Readers {
  const { order, nodes, actions } = form.definition;
  const selects = new Map<number, number[]>();
  const wideSelects = new Set<number>();
  const wide: (boolean | undefined)[] = [];
  for (const [node, { choices }] of form.elements) {
    if (!choices) continue;
    const reads = new Set([node]);
    for (const expr of conditionsOf(choices)) {
      const isOpen = "from" in choices || walks(expr);
      if (isOpen || isWide(expr)) wideSelects.add(node);
      eachTarget(expr, (target) => {
        // A path goes on from its start, so all that is inside may be read.
        form.plan.chain.forEach((steps, inside) => {
          if (inside === target || (isOpen && steps.includes(target))) reads.add(inside);
        });
      });
    }
    for (const read of reads) push(selects, read, node);
  }
  const changeActions = new Map<number, Action[]>();
  for (const action of actions) if (action.of !== undefined) push(changeActions, action.of, action);
  return {
    places: new Map(order.map(([node, facet], place) => [`${node} ${facet}`, place])),
    isWide: (place) => {
      const [node, facet] = order[place] as readonly [number, Facet];
      wide[place] ??= isWide(nodes[node]?.[facet]);
      return wide[place] as boolean;
    },
    selects,
    wideSelects,
    changeActions,
  };
}

/** The expressions that say what is offered. */
function conditionsOf(choices: Choices): Expr[] {
  if ("from" in choices) return [choices.from];
  if ("items" in choices) return [];
  const { where = [], filter } = choices;
  return [...where.map(([, key]) => key), ...(filter === undefined ? [] : [filter])];
}

/** Whether an expression follows a path from a node of the form. */
function walks(expr: Expr): boolean {
  if (!Array.isArray(expr)) return false;
  const start = expr[0] === "path" ? expr[1] : undefined;
  return (Array.isArray(start) && start[0] !== "instance") || start === "/" || expr.some(walks);
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Calls back for every form node that an expression names. */
function eachTarget(expr: Expr | undefined, visit: (node: number) => void): void {
  if (!Array.isArray(expr)) return;
  if (expr[0] === "$") visit(expr[1] as number);
  else for (const part of expr) eachTarget(part, visit);
}

/** Plain `$` reads stay within the nearest shared repeat; anything else may look elsewhere. */
function isWide(expr: Expr | undefined): boolean {
  if (!Array.isArray(expr)) return false;
  if (expr[0] === "$") return expr.length > 2;
  if (expr[0] === "path" || expr[0] === "indexed-repeat") return true;
  return expr.some(isWide);
}

/** Whether an expression may give other words in another language. */
export function speaks(expr: Expr): boolean {
  if (!Array.isArray(expr)) return false;
  const [head, ...parts] = expr as readonly [string, ...Expr[]];
  return /^(jr:choice-name|instance|lookup|text)$/.test(head) || parts.some(speaks);
}
