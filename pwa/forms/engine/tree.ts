/**
 * Nodes as XPath sees them. The primary instance, secondary instances and foreign documents all
 * answer to `XNode`, so that the evaluator walks any of them alike. `TreeNode` is the plain kind,
 * for secondary instances; the primary instance has its own in instance.ts.
 */
import type { TableInstance, Text, TreeData } from "./definition.ts";

export type NodeKind = "document" | "element" | "attribute" | "text" | "comment" | "instruction";

export interface XNode {
  readonly kind: NodeKind;
  readonly name: string;
  /** Namespace, where the node knows one. */
  readonly uri?: string;
  readonly up: XNode | null;
  /** Itself and the like-named neighbours beside it, where the node knows them. */
  readonly peers?: readonly XNode[];
  kids(): readonly XNode[];
  attributes(): readonly XNode[];
  /** The XPath string value. */
  text(): string;
}

export class TreeNode implements XNode {
  private readonly inside: XNode[] = [];
  private readonly beside: XNode[] = [];

  constructor(
    readonly kind: NodeKind,
    readonly name: string,
    readonly up: TreeNode | null,
    private readonly own: string | (() => string) = "",
  ) {
    if (up) (kind === "attribute" ? up.beside : up.inside).push(this);
  }

  kids(): readonly XNode[] {
    return this.inside;
  }

  attributes(): readonly XNode[] {
    return this.beside;
  }

  text(): string {
    if (this.inside.length) return contentOf(this);
    return typeof this.own === "string" ? this.own : this.own();
  }
}

/** What an element says: the text of its text nodes at any depth. */
export function contentOf(node: XNode): string {
  let text = "";
  for (const kid of node.kids()) {
    if (kid.kind === "element" || kid.kind === "text") text += kid.text();
  }
  return text;
}

/** A document holding the tree that an instance carries. */
export function treeDocument(data: TreeData): TreeNode {
  const top = new TreeNode("document", "", null);
  grow(data, top);
  return top;
}

function grow([name, attributes, content]: TreeData, up: TreeNode): void {
  const element = new TreeNode("element", name, up);
  for (const key of Object.keys(attributes ?? {})) {
    new TreeNode("attribute", key, element, attributes?.[key]);
  }
  for (const kid of typeof content === "string" ? [content] : content) {
    if (typeof kid !== "string") grow(kid, element);
    else if (kid !== "") new TreeNode("text", "", element, kid);
  }
}

/**
 * A document `root/item/column` for a table; `say` gives a cell its words in the language of the
 * moment, so the nodes outlive a change of language.
 */
export function tableDocument(table: TableInstance, say: (text: Text) => string): TreeNode {
  const top = new TreeNode("document", "", null);
  const root = new TreeNode("element", "root", top);
  const rows = table.values[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    const item = new TreeNode("element", "item", root);
    table.columns.forEach((column, at) => {
      const cell = table.values[at]?.[row] ?? "";
      const element = new TreeNode("element", column, item);
      if (cell !== "") new TreeNode("text", "", element, () => say(cell));
    });
  }
  return top;
}

/** The nodes in document order, each once. */
export function inDocumentOrder(nodes: Iterable<XNode>): XNode[] {
  const wanted = new Set(nodes);
  if (wanted.size < 2) return [...wanted];
  const sorted: XNode[] = [];
  const tops = new Set<XNode>();
  const visit = (node: XNode): void => {
    if (wanted.has(node)) sorted.push(node);
    for (const attribute of node.attributes()) if (wanted.has(attribute)) sorted.push(attribute);
    for (const kid of node.kids()) visit(kid);
  };
  for (const node of wanted) tops.add(topOf(node));
  for (const top of tops) visit(top);
  return sorted;
}

export function topOf(node: XNode): XNode {
  let top = node;
  while (top.up) top = top.up;
  return top;
}
