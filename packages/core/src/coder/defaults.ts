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

/** The script that drafts fill in, with an estimator in place of its last `...`; `undefined` where it has none. */
export const withEstimator = (skeleton: string, { imported, made }: Estimator): string | undefined => {
  const at = skeleton.lastIndexOf("...");
  return at === -1 ? undefined : `${imported}\n${skeleton.slice(0, at)}${made}${skeleton.slice(at + 3)}`;
};

/**
 * What needs no model: one well-known estimator after the other, as it is, in the script that drafts fill in, whatever is asked for. The control of every
 * comparison: what a model's tokens bought is what is better than this.
 */
export const createDefaults =
  ({ skeleton, estimators }: { readonly skeleton: string; readonly estimators: readonly Estimator[] }): Solve =>
  async (_proposal, { proposal }) => {
    const estimator = estimators[proposal % Math.max(1, estimators.length)];
    const code = estimator && withEstimator(skeleton, estimator);
    if (estimator === undefined || code === undefined)
      return { plan: "", code: "", defect: "no-code", seen: "no script to fill in, as the task is no table" };
    return { plan: `${estimator.made}, as it is`, code: code.replace(/^# Estimator: .*\n/m, "") };
  };
