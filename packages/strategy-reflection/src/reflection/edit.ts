import { splitReasoning } from "@aide-ts/answer";
import type { Json, Solution, Work } from "@aide-ts/plugin";
import {
  citedNames,
  dropNeutral,
  measure,
  parse,
  pythonByWork,
  reduce,
  scopeOf,
  type Diff,
  type LineRange,
  type PatchSize,
} from "../patch/index.ts";
import type { EditOptions } from "./edit-options.ts";
import { testAgainst } from "./failure.ts";

/** The editor's instructions; without text it repairs the script by itself. */
export interface Instructions {
  readonly text: string;
  readonly lines: readonly LineRange[];
}

/** `text`: the script with the edit, as small as it was made; `full`: as the model wrote it. */
export type Edit =
  | { readonly kind: "unparsable"; readonly reason: Json }
  | { readonly kind: "no-op"; readonly full: PatchSize }
  | {
      readonly kind: "edit";
      readonly text: string;
      readonly whole: string;
      readonly full: PatchSize;
      readonly size: PatchSize;
      readonly form: string;
    };

/** Asks for an edit of a solution's script, reads it, and takes back what is neutral or out of scope. */
export const edited = async (
  solution: Solution,
  instructions: Instructions,
  options: EditOptions,
  work: Work,
): Promise<Edit> => {
  const { code } = solution.candidate;
  const slots = {
    code: code.trimEnd(),
    feedback: solution.evaluation.feedback,
    critique: instructions.text,
    blocks: options.form === "blocks" ? "yes" : "",
  };
  const temperature = options.editTemperature;
  const answer = await work.generate(
    { messages: work.prompt("reflection/edit", slots), ...(temperature === undefined ? {} : { temperature }) },
    { phase: "edit" },
  );
  const parsed = parse(splitReasoning(answer.text).text, code, answer.finish);
  if (parsed.kind === "refused")
    return {
      kind: "unparsable",
      reason: { ...parsed.reason, ...(parsed.form === undefined ? {} : { form: parsed.form }) },
    };
  const full = measure({ original: code, edited: parsed.text });
  if (full.noOp) return { kind: "no-op", full };
  const small = await shrunk(code, parsed.text, instructions, options, work);
  if (small.text === code) return { kind: "no-op", full };
  const size = measure({ original: code, edited: small.text, outside: small.outside, dropped: small.dropped });
  return { kind: "edit", text: small.text, whole: parsed.text, full, size, form: parsed.form };
};

const shrunk = async (
  original: string,
  text: string,
  { text: critique, lines }: Instructions,
  { neutral, scope, margin }: EditOptions,
  work: Work,
): Promise<{ readonly text: string; readonly outside: Diff; readonly dropped: Diff }> => {
  const python = pythonByWork(work);
  const { text: left, dropped } = neutral ? await dropNeutral(original, text, python) : { text, dropped: [] };
  if (scope === "off" || critique === "" || left === original) return { text: left, outside: [], dropped };
  const cited = { lines, names: citedNames(critique) };
  const scoped = await scopeOf({ original, edited: left, cited, mode: scope, margin }, python);
  return { text: scoped.text, outside: scoped.outside, dropped };
};

/** The smallest part of an edit that repairs the script, and what a report says of it. */
export const reduced = async (
  before: Solution,
  text: string,
  { reduceExecutions }: EditOptions,
  work: Work,
): Promise<{ readonly text: string; readonly note: Json }> => {
  const original = before.candidate.code;
  if (before.execution === undefined) return { text, note: { kind: "full", why: "not-executed" } };
  const { execution } = before;
  const reduction = await reduce({
    original,
    edited: text,
    test: testAgainst(execution, work),
    executions: reduceExecutions,
    signal: work.signal,
  });
  const { kind, executions } = reduction;
  const size = measure({ original, edited: reduction.text });
  return {
    text: reduction.text,
    note: { kind, executions, size: { ...size }, ...("why" in reduction ? { why: reduction.why } : {}) },
  };
};
