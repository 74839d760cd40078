import type { Solve } from "@aide-ts/plugin";

/** A line that imports a class, and how it is made. */
export interface Estimator {
  readonly imported: string;
  readonly made: string;
}

/**
 * The items of a Markdown list, each an estimator as it is: an import and a call, both between backticks, behind `regression:` or `classification:`.
 */
export const readEstimators = (markdown: string, kind: "regression" | "classification"): readonly Estimator[] =>
  [...markdown.matchAll(/^- (regression|classification): `([^`]+)` `([^`]+)`$/gm)].flatMap(
    ([, only, imported = "", made = ""]) => (only === kind ? [{ imported, made }] : []),
  );

/**
 * What needs no model: one well-known estimator after the other, as it is, in the script that drafts fill in, whatever is asked for. The control of every
 * comparison: what a model's tokens bought is what is better than this.
 */
export const createDefaults =
  ({ skeleton, estimators }: { readonly skeleton: string; readonly estimators: readonly Estimator[] }): Solve =>
  async (_proposal, { proposal }) => {
    const estimator = estimators[proposal % Math.max(1, estimators.length)];
    const place = skeleton.lastIndexOf("...");
    if (estimator === undefined || place === -1)
      return { plan: "", code: "", defect: "no-code", seen: "no script to fill in, as the task is no table" };
    const { imported, made } = estimator;
    const filled = `${skeleton.slice(0, place)}${made}${skeleton.slice(place + 3)}`;
    return { plan: `${made}, as it is`, code: `${imported}\n${filled.replace(/^# Estimator: .*\n/m, "")}` };
  };
