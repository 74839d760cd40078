import type { Json } from "@aide-ts/plugin";
import { labelLeak } from "./errors.ts";
import { whatGoes } from "./leaks.ts";
import { laidOut, scanned, searched, type Finding, type LaidOutRows } from "./reader/answers.ts";
import type { DataReader } from "./reader/data-reader.ts";
import type { Roles } from "./roles/roles.ts";
import { placesAmong } from "./split/choose.ts";

/** What all folders of one task's data have in common, whichever rows they hold back. */
export interface Layout {
  readonly roles: Roles;
  /** The user's data. */
  readonly root: string;
  readonly seed: number;
  /** Columns that may agree with the target. */
  readonly allowed: readonly string[];
  /** Columns that leave every table. */
  readonly dropped: readonly string[];
  /** Paths of all tables. */
  readonly tables: readonly string[];
  /** Where the rows to predict lie. */
  readonly testPath: string;
  /** Files that hold labels of the user's own test rows. */
  readonly finalOmitted: readonly string[];
  /** Where the reader finds the training rows and their labels. */
  readonly labelled: { readonly [key: string]: Json };
}

export interface LaidOut extends LaidOutRows {
  /** What a user should know: files that lost rows or stay out. */
  readonly notes: readonly string[];
  /** Columns that agree with the target on the rows held back. */
  readonly agreeing: readonly Finding[];
}

/**
 * Lays a folder out in which some labelled rows, by their ordinals, are held back: they leave the training tables and join, without their labels and in mixed
 * order, the rows to predict. What else reveals their labels loses those rows or stays out; what is left is searched once more.
 * @throws AIDE_LABEL_LEAK where a held-back label is still within reach
 */
export const layOut = async (
  reader: DataReader,
  layout: Layout,
  held: readonly number[],
  folder: string,
): Promise<LaidOut> => {
  const { roles, seed, allowed, tables, testPath, finalOmitted } = layout;
  const places = placesAmong(roles.test?.rows ?? 0, held.length, seed);
  const plan = planOf(layout, held, places, folder);
  const found = held.length === 0 ? { findings: [], opaque: [] } : await reader.ask("search", { plan }, searched);
  const { thinned, omitted, notes } = whatGoes(found, tables, roles);
  const laid = await reader.ask(
    "lay_out",
    { plan: { ...plan, thinned, omitted: [...omitted, ...finalOmitted], finalOmitted: [...finalOmitted] } },
    laidOut,
  );
  if (held.length === 0) return { ...laid, notes, agreeing: [] };
  const heldKeys = new Set(laid.truth.map(([key]) => key));
  const rows = laid.keys.flatMap((key, row) => (heldKeys.has(key) ? [row] : []));
  // `truth` comes in the order of the rows to predict.
  const numbers = places.map(([, number]) => number);
  const { findings } = await reader.ask(
    "scan",
    { folder, test: testPath, places: [rows, numbers], allowed: [...allowed] },
    scanned,
  );
  const leak = findings.find(({ certain }) => certain);
  if (leak !== undefined) throw labelLeak(leak);
  return { ...laid, notes, agreeing: findings };
};

const planOf = (
  { roles, root, seed, allowed, dropped, testPath, labelled }: Layout,
  held: readonly number[],
  places: ReturnType<typeof placesAmong>,
  folder: string,
): { readonly [key: string]: Json } => {
  return {
    root,
    search: folder,
    ...labelled,
    test: roles.test?.path ?? null,
    testPath,
    sample: roles.sample?.path ?? null,
    targets: [...roles.targets],
    id: { train: [...roles.id.train], test: [...roles.id.test], sample: [...roles.id.sample] },
    numbers: roles.whole.columns.filter(({ type }) => type === "number" || type === "integer").map(({ name }) => name),
    companions: roles.companions.map((companion) => ({
      train: companion.train.path,
      test: companion.test.path,
      on: [companion.on],
      testOn: [companion.testOn],
      main: [...roles.id.train],
      numbers: companion.train.columns.filter(({ type }) => type === "number").map(({ name }) => name),
    })),
    held: [...held],
    insertions: places.map(([before, number]) => [before, number]),
    thinned: [],
    omitted: [],
    finalOmitted: [],
    dropped: [...dropped],
    allowed: [...allowed],
    seed,
  };
};
