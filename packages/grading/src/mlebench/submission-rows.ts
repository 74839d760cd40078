import { checkSubmission, classesOf } from "@aide-ts/evaluation";
import type { HeldOut, SubmissionFormat } from "@aide-ts/plugin";
import type { AnswerKey } from "./answer-key.ts";
import { columnsOf, csvOf, parseCsv } from "../csv.ts";

/** A submission beside the answers, or what makes it invalid. */
export type SubmissionRows =
  | {
      readonly ok: true;
      readonly format: SubmissionFormat;
      readonly held: HeldOut;
      /** Key of the row → cells of the targets. */
      readonly rows: ReadonlyMap<string, readonly string[]>;
    }
  | { readonly ok: false; readonly problem: string };

const wrong = (problem: string): SubmissionRows => ({ ok: false, problem });

/**
 * Reads a submission by the columns that are scored. It must have the rows of the answers and no others, in any order; where ids are repeated, as texts may
 * be, the first of them is the first of the answers.
 */
export const submissionRows = (bytes: Uint8Array, key: AnswerKey): SubmissionRows => {
  const header = headerOf(bytes);
  if (header === undefined) return wrong("The submission is not a CSV file.");
  const wanted = [key.id, ...key.targets];
  const missing = wanted.filter((name) => !header.includes(name));
  if (missing.length > 0) return wrong(`The submission lacks the columns ${listed(missing)}.`);
  const extra = header.filter((name) => !wanted.includes(name));
  if (key.isExact === true && extra.length > 0) return wrong(`The submission has the extra columns ${listed(extra)}.`);
  const isRepeated = new Set(key.ids).size < key.ids.length;
  const keys = isRepeated ? numbered(key.ids).map((parts) => parts.join("\t")) : key.ids;
  const isAsItIs = extra.length === 0 && !isRepeated && key.isText !== true && key.metric.input !== "label";
  const cells = isAsItIs ? [] : cellsIn(bytes, wanted);
  if (cells === undefined) return wrong("The submission is not a CSV file.");
  const ids = isRepeated ? [key.id, occurrence] : [key.id];
  const format = { columns: [...ids, ...key.targets], id: ids, keys, kind: kindOf(key), ...targetsOf(key, cells) };
  const rows = () => rewritten(cells, key, isRepeated);
  const checked = checkSubmission(isAsItIs ? bytes : csvOf({ header: format.columns, rows: rows() }), format);
  if (!checked.ok) return checked;
  const truth = key.isText === true ? key.truth.map((row) => row.map(marked)) : key.truth;
  const held = { truth: new Map(keys.map((name, at) => [name, truth[at] ?? []])), train: [] };
  return { ok: true, format, held, rows: checked.rows };
};

/** The column that tells rows of the same id apart. */
const occurrence = "times before";

const headerOf = (bytes: Uint8Array): readonly string[] | undefined => {
  try {
    return parseCsv(bytes, 1).header;
  } catch {
    return undefined;
  }
};

const cellsIn = (bytes: Uint8Array, names: readonly string[]): readonly (readonly string[])[] | undefined => {
  try {
    return columnsOf(parseCsv(bytes), names);
  } catch {
    return undefined;
  }
};

/** Rows with the id's cells, what tells the same ones apart, and the answers. */
const rewritten = (
  cells: readonly (readonly string[])[],
  { isText }: AnswerKey,
  isRepeated: boolean,
): readonly (readonly string[])[] => {
  const ids = cells.map(([id = ""]) => id);
  const names = isRepeated ? numbered(ids) : ids.map((id) => [id]);
  return cells.map(([, ...answers], row) => [
    ...(names[row] ?? []),
    ...(isText === true ? answers.map(marked) : answers),
  ]);
};

const shown = 5;
const listed = (names: readonly string[]): string =>
  `${names.slice(0, shown).join(", ")}${names.length > shown ? ", …" : ""}`;

/** Each id with how often it came before. */
const numbered = (ids: readonly string[]): readonly (readonly string[])[] => {
  const seen = new Map<string, number>();
  return ids.map((id) => {
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return [id, String(before)];
  });
};

/** What pandas reads as no value, whatever stands there. */
const noValue = new Set(
  "|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"),
);

/** Of texts no value is an answer like others. */
const marked = (text: string): string => (noValue.has(text) ? "no value" : `=${text}`);

const kindOf = ({ form }: AnswerKey): SubmissionFormat["kind"] =>
  form === "classes" ? "class-probabilities" : "value";

/** The classes of a label are those that are right and those that were answered: what is never right is an answer too. */
const targetsOf = (
  { form, targets, metric, truth, isText }: AnswerKey,
  cells: readonly (readonly string[])[],
): Pick<SubmissionFormat, "targets" | "classes"> => {
  if (form === "classes") return { targets: ["label"], classes: targets };
  if (metric.input !== "label" || isText === true || targets.length > 1) return { targets };
  const labels = [...truth.map(([label = ""]) => label), ...cells.map(([, label = ""]) => label)];
  return { targets, classes: classesOf(labels.map((label) => label.trim()).filter((label) => label !== "")) };
};
