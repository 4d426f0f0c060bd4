/**
 * Secondary instances as the form uses them. A table answers equality conditions from an index
 * made once for each column that is asked about, so a choice among thousands costs what the
 * matching rows cost; as nodes it is built only when an expression walks over it.
 */
import type { Instance, TableInstance, Text } from "./definition.ts";
import { TreeNode, tableDocument, treeDocument, type XNode } from "./tree.ts";

export type ListSource = Exclude<Instance, { readonly resource: string }>;

/** So many questions of a column are answered by looking through it; an index pays from then on. */
const FEW = 12;

const isWords = (part: unknown): boolean => typeof part === "string";

export class List {
  readonly size: number;
  private readonly indexes = new Map<string, Map<string, number[]>>();
  private readonly looks = new Map<string, number>();
  private readonly full = new Map<string, boolean>();
  private readonly plain = new Map<string, boolean>();
  private readonly made = new Map<object, { readonly key: string; readonly thing: object }>();
  private nodes: XNode | undefined;
  private rowNodes: readonly XNode[] | undefined;

  /** `say` gives a translated cell its words in the language of the moment. */
  constructor(
    private readonly source: ListSource,
    private readonly say: (text: Text) => string,
  ) {
    this.size = this.table?.values[0]?.length ?? 0;
  }

  /** The columns, or undefined when the instance is a tree. */
  get table(): TableInstance | undefined {
    return "columns" in this.source ? this.source : undefined;
  }

  document(): XNode {
    this.nodes ??=
      "tree" in this.source ? treeDocument(this.source.tree) : tableDocument(this.source, this.say);
    return this.nodes;
  }

  /** The items of `root/item`, in order; row numbers are indexes into it. */
  items(): readonly XNode[] {
    const root = this.document()
      .kids()
      .find((kid) => kid.kind === "element");
    this.rowNodes ??= (root?.kids() ?? []).filter(
      (kid) => kid.kind === "element" && kid.name === "item",
    );
    return this.rowNodes;
  }

  /** Whether every cell of a column is mere words, with nothing filled in from the answers. */
  isPlain(column: string): boolean {
    let isPlain = this.plain.get(column);
    if (isPlain === undefined) {
      const cells = this.table?.values[this.table.columns.indexOf(column)] ?? [];
      isPlain = cells.every((cell) => isWords(cell) || Object.values(cell).every(isWords));
      this.plain.set(column, isPlain);
    }
    return isPlain;
  }

  /** What was made for the owner before, when it was made for the same key; made anew otherwise. */
  kept<T extends object>(owner: object, key: string, make: () => T): T {
    const before = this.made.get(owner);
    if (before?.key === key) return before.thing as T;
    const thing = make();
    this.made.set(owner, { key, thing });
    return thing;
  }

  /** What a column holds in a row; text where the instance is a tree. */
  cell(row: number, column: string): Text {
    if (!this.table) return this.parts(row, column)[0]?.text() ?? "";
    return this.table.values[this.table.columns.indexOf(column)]?.[row] ?? "";
  }

  /** The nodes of a column in a row of a tree; a name with `@` is an attribute. */
  private parts(row: number, column: string): readonly XNode[] {
    const item = this.items()[row];
    const isAttribute = column[0] === "@";
    const nodes = (isAttribute ? item?.attributes() : item?.kids()) ?? [];
    return nodes.filter(({ name }) => name === (isAttribute ? column.slice(1) : column));
  }

  /** Row numbers, rising, whose column holds exactly the key. */
  rows(column: string, key: string): readonly number[] {
    let index = this.indexes.get(column);
    if (!index) {
      const cells = this.table?.values[this.table.columns.indexOf(column)];
      if (cells && this.isFull(column)) {
        // What is asked before anything is answered, or seldom, is not worth an index of thousands.
        const looks = this.looks.get(column) ?? 0;
        if (key === "") return [];
        if (looks < FEW) {
          this.looks.set(column, looks + 1);
          return rowsWith(cells, key);
        }
      }
      index = new Map();
      const size = this.table ? this.size : this.items().length;
      for (let row = 0; row < size; row++) {
        const given = cells?.[row] ?? this.cell(row, column);
        const cell = typeof given === "string" ? given : this.say(given);
        const rows = index.get(cell);
        if (rows) rows.push(row);
        else index.set(cell, [row]);
      }
      this.indexes.set(column, index);
    }
    return index.get(key) ?? [];
  }

  /** Whether a column of a table is known to hold no empty cell. */
  private isFull(column: string): boolean {
    let isFull = this.full.get(column);
    if (isFull === undefined) {
      const cells = this.table?.values[this.table.columns.indexOf(column)];
      isFull = cells?.every((cell) => isWords(cell) && cell !== "") ?? false;
      this.full.set(column, isFull);
    }
    return isFull;
  }

  /** The nodes `root/item[column = key]/out`, without building the nodes of a whole table. */
  cells(column: string, key: string, out: string): readonly XNode[] {
    const { table } = this;
    return this.rows(column, key).flatMap((row): readonly XNode[] => {
      if (!table) return this.parts(row, out);
      if (!table.columns.includes(out)) return [];
      return [new TreeNode("element", out, null, () => this.say(this.cell(row, out)))];
    });
  }

  /** Every row number. */
  all(): readonly number[] {
    return Array.from({ length: this.table ? this.size : this.items().length }, (_, row) => row);
  }
}

function rowsWith(cells: readonly Text[], key: string): number[] {
  const rows: number[] = [];
  for (let row = cells.indexOf(key); row >= 0; row = cells.indexOf(key, row + 1)) rows.push(row);
  return rows;
}
