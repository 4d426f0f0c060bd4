/**
 * Expression tree and surroundings → value. Pure: everything an expression may look at comes
 * through `Scope` and its `World`, so the same evaluator serves a form, a choice filter and a
 * foreign document.
 */

import type { Axes } from "./axes.ts";
import type { Zone } from "./dates.ts";
import type { Expr, Text } from "./definition.ts";
import type { Functions } from "./functions.ts";
import { follow, type Sift } from "./paths.ts";
import { inDocumentOrder, type XNode } from "./tree.ts";
import {
  type Comparison,
  compare,
  isNodes,
  toBoolean,
  toNumber,
  toText,
  type Value,
} from "./values.ts";

/** What lies around an expression: the form's nodes, its instances, clock and chance. */
export interface World {
  /** Those that the expressions may call and walk. */
  readonly functions: Functions;
  readonly axes: Axes;
  readonly zone: Zone;
  /** Where absolute paths start. */
  readonly top: XNode;
  /** Milliseconds since 1970, the same for the whole of one pass. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** The nodes of definition node `target` around an origin; `within` names the instance to stay in. */
  nodes(target: number, origin: XNode | null, within?: number): readonly XNode[];
  /** The nodes of definition node `target` inside one instance node. */
  inside(target: number, node: XNode): readonly XNode[];
  /** The document of a secondary instance. */
  instance(name: string): XNode | undefined;
  /** The nodes `root/item[column = key]/out` of a secondary instance. */
  lookup(instance: string, column: string, key: string, out: string): readonly XNode[];
  /** Label of a choice of the question that the second argument of jr:choice-name points at. */
  choiceName(value: string, question: Expr, scope: Scope): string;
  /** A text of the form in the language of the moment. */
  say(text: Text): string;
}

export interface Scope {
  readonly world: World;
  /** The instance node whose bind is evaluated; the same inside predicates. */
  readonly origin: XNode | null;
  /** The context node. */
  readonly node: XNode;
  readonly position: number;
  readonly size: number;
}

/** The arguments of one function call, evaluated when asked for. */
export class Call {
  constructor(
    readonly args: readonly Expr[],
    readonly scope: Scope,
  ) {}

  get count(): number {
    return this.args.length;
  }

  value(at: number): Value {
    return at < this.args.length ? evaluate(this.args[at] as Expr, this.scope) : [this.scope.node];
  }

  text(at: number): string {
    return toText(this.value(at));
  }

  number(at: number): number {
    return toNumber(this.value(at), this.scope.world.zone);
  }

  boolean(at: number): boolean {
    return toBoolean(this.value(at));
  }

  nodes(at: number): readonly XNode[] {
    const value = this.value(at);
    if (!isNodes(value)) throw new Error(`argument ${at + 1} must be nodes`);
    return value;
  }
}

export function evaluate(expr: Expr, scope: Scope): Value {
  if (typeof expr !== "object") return expr;
  const [head, a, b] = expr;
  const number = (at: Expr | undefined): number =>
    toNumber(evaluate(at as Expr, scope), scope.world.zone);
  switch (head) {
    case "$":
      return scope.world.nodes(a as number, scope.origin, b as number | undefined);
    case ".":
      return [scope.node];
    case "path":
      return path(expr, scope);
    case "text":
      return scope.world.say(a as Text);
    case "filter":
      return filter(expr, scope);
    case "lookup":
      return scope.world.lookup(
        a as string,
        b as string,
        toText(evaluate(expr[3] as Expr, scope)),
        expr[4] as string,
      );
    case "and":
    case "or": {
      const isAnd = head === "and";
      for (let at = 1; at < expr.length; at++) {
        if (toBoolean(evaluate(expr[at] as Expr, scope)) !== isAnd) return !isAnd;
      }
      return isAnd;
    }
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(
        head as Comparison,
        evaluate(a as Expr, scope),
        evaluate(b as Expr, scope),
        scope.world.zone,
      );
    case "+":
      return number(a) + number(b);
    case "-":
      return number(a) - number(b);
    case "*":
      return number(a) * number(b);
    case "div":
      return number(a) / number(b);
    case "mod":
      return number(a) % number(b);
    case "neg":
      return -number(a);
    case "|":
      return union(expr, scope);
  }
  const run = scope.world.functions[head];
  if (!run) throw new Error(`no function ${head}`);
  return run(new Call(expr.slice(1), scope));
}

function union(expr: readonly Expr[], scope: Scope): readonly XNode[] {
  const call = new Call(expr.slice(1), scope);
  return inDocumentOrder(call.args.flatMap((_, at) => [...call.nodes(at)]));
}

/** What predicates keep; positions count in the order given. */
const sifter =
  (scope: Scope): Sift =>
  (nodes, predicate) => {
    const size = nodes.length;
    const place = size > 1 ? placeOf(predicate, scope) : undefined;
    if (place !== undefined) return nodes.filter((_, at) => at + 1 === place);
    return nodes.filter((node, at) => {
      const verdict = evaluate(predicate, { ...scope, node, position: at + 1, size });
      return typeof verdict === "number" ? verdict === at + 1 : toBoolean(verdict);
    });
  };

/** The place that `[3]` or `[position() = …]` picks, where that is the same for all nodes. */
function placeOf(predicate: Expr, scope: Scope): number | undefined {
  if (typeof predicate !== "object") return typeof predicate === "number" ? predicate : undefined;
  const [head, left, right] = predicate as readonly [string, Expr, Expr];
  const isPlace = head === "=" && Array.isArray(left) && left.length === 1;
  if (!isPlace || left[0] !== "position" || !isSteady(right)) return undefined;
  const value = evaluate(right, scope);
  if (typeof value === "boolean" || (isNodes(value) && value.length > 1)) return undefined;
  return toNumber(value, scope.world.zone);
}

/** Whether an expression in a predicate gives the same whatever node it is tried on. */
function isSteady(expr: Expr): boolean {
  if (typeof expr !== "object") return true;
  const [head, first, ...more] = expr;
  if (head === "$" || head === "current") return true;
  // Without arguments a function may be about the context node, or about chance.
  if (first === undefined || head === "text") return false;
  if (head === "path" || head === "filter") return first !== "." && isSteady(first);
  return isSteady(first) && more.every(isSteady);
}

/** Predicates on a whole set, as in `(a | b)[1]`. */
function filter([, from, ...predicates]: readonly Expr[], scope: Scope): readonly XNode[] {
  const nodes = new Call([from as Expr], scope).nodes(0);
  return predicates.reduce<readonly XNode[]>(sifter(scope), nodes);
}

function path([, from, ...steps]: readonly Expr[], scope: Scope): readonly XNode[] {
  const start =
    from === "." ? [scope.node] : from === "/" ? [scope.world.top] : evaluate(from as Expr, scope);
  if (!isNodes(start)) throw new Error("a path must start from nodes");
  return follow(start, steps, sifter(scope), scope.world.axes);
}
