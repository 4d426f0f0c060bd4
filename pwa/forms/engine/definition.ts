/**
 * The compiled form as the server writes it (docs/contracts.md §1). Only types live here: the
 * definition is used as it was parsed from JSON, never copied into another shape, so that the
 * bytes named by a digest are the bytes that run.
 */

/** A compiled expression: a literal, or a head followed by its arguments. */
export type Expr = number | string | readonly [string, ...Expr[]];

/** Text with outputs: literal pieces and expressions, in order. */
export type Rich = string | readonly (string | { readonly x: Expr })[];

/** One wording for every language, or one for each language code. */
export type Text = Rich | { readonly [language: string]: Rich };

export type ValueType =
  | "string"
  | "int"
  | "decimal"
  | "boolean"
  | "date"
  | "time"
  | "dateTime"
  | "geopoint"
  | "geotrace"
  | "geoshape"
  | "binary"
  | "barcode"
  | "select"
  | "select1"
  | "rank";

export type Facet = "calculate" | "relevant" | "readonly" | "required" | "count";

/** Answers as nested objects: groups are objects, repeats arrays of objects, values text. */
export interface Answers {
  readonly [name: string]: string | Answers | readonly Answers[];
}

export interface Node {
  readonly name: string;
  /** Index of the parent in `nodes`, -1 for the root. */
  readonly parent: number;
  readonly kind: "root" | "group" | "repeat" | "value";
  readonly type?: ValueType;
  /** Text a new form starts with. */
  readonly value?: string;
  readonly calculate?: Expr;
  readonly relevant?: Expr;
  readonly readonly?: Expr;
  readonly required?: Expr;
  readonly constraint?: Expr;
  readonly requiredMessage?: Text;
  readonly constraintMessage?: Text;
  /** Repeat: how many instances there are; the person neither adds nor removes. */
  readonly count?: Expr;
  /** Repeat: the person neither adds nor removes. */
  readonly fixed?: boolean;
  /** Repeat: the instances a new form starts with, each by what differs from the start values. */
  readonly initial?: readonly Answers[];
  readonly preload?: readonly [string, string];
  readonly saveTo?: string;
}

export interface Media {
  readonly image?: Text;
  readonly bigImage?: Text;
  readonly audio?: Text;
  readonly video?: Text;
}

export interface Element {
  readonly as:
    | "input"
    | "select1"
    | "select"
    | "rank"
    | "range"
    | "upload"
    | "trigger"
    | "secret"
    | "note"
    | "group"
    | "repeat";
  readonly node?: number;
  readonly label?: Text;
  readonly hint?: Text;
  readonly guidance?: Text;
  readonly media?: Media;
  readonly appearance?: readonly string[];
  readonly mediatype?: string;
  readonly params?: { readonly [name: string]: string | number | boolean };
  readonly choices?: Choices;
  readonly items?: readonly Element[];
}

export interface StaticChoice {
  readonly value: string;
  readonly label: Text;
  readonly media?: Media;
}

export interface Itemset {
  /** Name of the secondary instance whose items are offered. */
  readonly in: string;
  /** Columns of the value, the label and, by kind, pictures and sounds. */
  readonly value: string;
  readonly label: string;
  readonly media?: { readonly [kind in keyof Media]: string };
  /** Equality conditions, answered by index: column = expression. */
  readonly where?: readonly (readonly [string, Expr])[];
  /** What is left of the condition, tried on each item left. */
  readonly filter?: Expr;
  readonly randomize?: true | Expr;
}

/** Choices made of any other nodes, such as the answers of a repeat. */
export interface NodeChoices {
  readonly from: Expr;
  /** Names of the nodes inside each that hold value and label; `.` is the node itself. */
  readonly value: string;
  readonly label: string;
  readonly randomize?: true | Expr;
}

export type Choices = { readonly items: readonly StaticChoice[] } | Itemset | NodeChoices;

export interface TableInstance {
  readonly columns: readonly string[];
  /** One array of cells for each column. */
  readonly values: readonly (readonly Text[])[];
}

/** An element: name, attributes, children or text. A child that is text is a text node. */
export type TreeData = readonly [
  string,
  { readonly [attribute: string]: string } | null,
  string | readonly (TreeData | string)[],
];

/** With `lastSaved` the tree is the form's own, empty until the last dossier's answers are put there. */
export interface TreeInstance {
  readonly tree: TreeData;
  readonly lastSaved?: true;
}

export type Instance = TableInstance | { readonly resource: string } | TreeInstance;

export interface Action {
  readonly on: readonly string[];
  readonly set: number;
  readonly value: Expr;
  /** The nodes to set among those of `set`, where the reference picks some. */
  readonly to?: Expr;
  /** What the phone is to find out and answer; the engine leaves such an action alone. */
  readonly ask?: "geopoint";
  /** The node whose change sets the value (`xforms-value-changed`). */
  readonly of?: number;
  /** The repeat whose new instance sets the value (`odk-new-repeat`). */
  readonly in?: number;
}

export interface Definition {
  readonly hoso: 1;
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  /** Language codes; the first is the default. */
  readonly languages: readonly string[];
  /** The primary instance in document order, the root first. */
  readonly nodes: readonly Node[];
  readonly body: readonly Element[];
  readonly instances: { readonly [name: string]: Instance };
  /** Every computed facet, each after those that it reads. */
  readonly order: readonly (readonly [number, Facet])[];
  /** For each node the positions in `order` that read it. */
  readonly feeds: readonly (readonly number[])[];
  readonly actions: readonly Action[];
  /** Pictures, sounds and films that the words name, by file name: bytes at `/media/<digest>`. */
  readonly media?: { readonly [name: string]: string };
  /** As served: files with the words of other languages, `/resources/<digest>.json` by language. */
  readonly translations?: { readonly [language: string]: string };
}
