import type { Table } from "../dataset.ts";

/** Which table is which, and which columns a script must predict. */
export interface Roles {
  /** Labelled rows, in one table or in parts one after the other; without their labels where these lie in a table of their own. */
  readonly train: readonly [Table, ...Table[]];
  /** The parts as one: what its columns hold, they hold in all of them. */
  readonly whole: Table;
  readonly labels?: Labels | undefined;
  readonly test?: Table | undefined;
  readonly sample?: Table | undefined;
  /** Further features of the training and the test rows, in two tables that are joined by the id. */
  readonly companions: readonly Companion[];
  /** The columns that together name a row, by what each table calls them; none where rows count by their order. */
  readonly id: {
    readonly train: readonly string[];
    readonly test: readonly string[];
    readonly sample: readonly string[];
  };
  readonly targets: readonly string[];
  readonly answer: Answer;
  /** How the target was found: shown to the user, who may override it. */
  readonly because: string;
  /** What every table is, and why. */
  readonly files: readonly FileRole[];
}

/** A table of labels, and how its rows belong to those of the features: by columns of both, or by their order. */
interface Labels {
  readonly table: Table;
  readonly join: { readonly features: readonly string[]; readonly labels: readonly string[] } | undefined;
}

export interface Companion {
  readonly train: Table;
  readonly test: Table;
  /** The column of the companions that holds the training table's id. */
  readonly on: string;
  readonly testOn: string;
  /** One row for each id, or many. */
  readonly rows: "one" | "many";
}

/** How a submission asks for answers: values, a column for each target; or a column for each class of one target, in the order of its classes here. */
export type Answer =
  | { readonly kind: "value"; readonly columns: readonly string[] }
  | { readonly kind: "class-probabilities"; readonly columns: readonly string[]; readonly classes: readonly string[] };

export interface FileRole {
  readonly path: string;
  readonly role:
    | "train"
    | "labels"
    | "test"
    | "test labels"
    | "sample"
    | "companion"
    | "description"
    | "part of train"
    | "other";
  readonly why: string;
}

/** What a config or a user's words say of roles. */
export interface RoleHints {
  /** Goal, evaluation and description: where a column is named in them, it may be the target. */
  readonly words: string;
  readonly targets: readonly string[];
  readonly id: readonly string[];
  /** Paths, as the config gives them. */
  readonly files: Readonly<Partial<Record<"train" | "test" | "sample" | "labels", readonly string[]>>>;
}

/** The result of looking for roles: all that a run needs, or what is missing. */
export type Found =
  | { readonly kind: "found"; readonly roles: Roles }
  | { readonly kind: "no-table"; readonly why: string }
  /** There are training rows, and nothing shows which column is to be predicted. */
  | { readonly kind: "no-target"; readonly train: Table; readonly candidates: readonly string[]; readonly why: string };
