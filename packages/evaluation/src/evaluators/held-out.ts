import { definePlugin, type Evaluation, type EvaluatorHost, type Execution, type Lab } from "@aide-ts/plugin";
import { z } from "zod";
import { metricNamed } from "../metrics/library.ts";
import { rounded } from "../metrics/standard-error.ts";
import { checkSubmission, type Checked } from "../submission/check.ts";
import { scoreHeldOut } from "../submission/score.ts";

const accepted = ["submission/submission.csv", "working/submission.csv"];

/** Scores the submission on the rows that the framework held back. Without such rows it still checks the submission's form. */
export const heldOut = definePlugin({
  kind: "evaluator",
  name: "held-out",
  options: z.strictObject({}),
  create: (_options, host) => ({
    async evaluate({ execution }, before, lab) {
      if (host.submission === undefined) return before;
      const checked = await readSubmission(execution, host.submission, lab);
      if (!checked.ok)
        return { valid: false, cause: checked.cause, scores: before?.scores ?? [], feedback: checked.problem };
      return judge(host, checked.rows, before);
    },
  }),
});

type Read =
  | Extract<Checked, { ok: true }>
  | { readonly ok: false; readonly cause: "no-submission" | "bad-submission"; readonly problem: string };

const readSubmission = async (
  execution: Execution,
  format: NonNullable<EvaluatorHost["submission"]>,
  lab: Lab,
): Promise<Read> => {
  const path = accepted.find((one) => execution.artifacts.includes(one));
  if (path === undefined) return { ok: false, cause: "no-submission", problem: missing(execution) };
  const checked = checkSubmission(await lab.read(execution, path), format);
  return checked.ok ? checked : { ok: false, cause: "bad-submission", problem: checked.problem };
};

const missing = ({ artifacts }: Execution): string => {
  const others = artifacts.filter((path) => path.endsWith(".csv"));
  const wrote = others.length === 0 ? "" : ` It wrote ./${others.slice(0, 3).join(", ./")} instead.`;
  return `The script ran, but it wrote no ./submission/submission.csv.${wrote}`;
};

const judge = (
  host: EvaluatorHost,
  rows: ReadonlyMap<string, readonly string[]>,
  before: Evaluation | undefined,
): Evaluation | undefined => {
  const metric = metricNamed(host.task.metric);
  if (host.heldOut === undefined || host.submission === undefined || metric === undefined) return before;
  const scored = scoreHeldOut(metric, host.submission, host.heldOut, rows);
  if (!scored.ok)
    return { valid: false, cause: "bad-submission", scores: before?.scores ?? [], feedback: scored.problem };
  const score = { value: scored.value, source: "held-out" as const, error: scored.error };
  const shown = rounded(scored.value, scored.error);
  const trivial = rounded(scored.trivial, scored.error);
  const compared = `${metric.direction === "minimize" ? "Lower" : "Higher"} is better; a constant scores ${trivial}.`;
  const scale = scored.useful ? "" : ` ${scored.scale}`;
  const feedback = `${metric.name} ${shown} on rows it has not seen.\n${compared}${scale}`;
  return { valid: true, score, scores: [...(before?.scores ?? []), score], feedback };
};
