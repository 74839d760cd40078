import {
  definePlugin,
  isBetter,
  type Json,
  type Solution,
  type Solve,
  type Strategy,
  type Work,
} from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "../prompt-file.ts";
import { criticised } from "./critics.ts";
import { findingKinds, type Finding } from "./critique.ts";
import { edited, reduced, type Instructions } from "./edit.ts";
import { editOptions, type EditOptions } from "./edit-options.ts";

const loopOptions = {
  trigger: z
    .enum(["onFailure", "always", "onScoreDrop"])
    .default("onFailure")
    .describe(
      "Which solutions are reflected on: failed ones, all, or failed ones and those that score worse than their parent.",
    ),
  rounds: z.int().min(1).max(20).default(1).describe("The most reflections on one solution."),
  accept: z
    .enum(["always", "if-not-worse"])
    .default("if-not-worse")
    .describe("Whether an edit is kept that fails or scores worse than what it edits."),
};

const sentinel = "No specific errors found requiring changes.";

const options = z.strictObject({
  ...loopOptions,
  critic: z
    .string()
    .min(1)
    .default("critic")
    .describe("Role whose model criticises; the coder's own where it is not named in `backends`."),
  critiqueTemperature: z.number().min(0).max(2).optional().describe("Of the critique; the config's sampling without."),
  ...editOptions,
});

/** What one reflection came to. */
type ReflectionOutcome =
  | "declined"
  | "no-critique"
  | "unparsable"
  | "no-op"
  | "fixed"
  | "still-broken"
  | "newly-broken"
  | "changed";

type Loop = z.output<z.ZodObject<typeof loopOptions>>;

/** What a round gives: the solution it ends with, if there is one, and what a report says of it. */
interface Round {
  readonly solution?: Solution;
  readonly outcome: ReflectionOutcome;
  readonly details?: { readonly [key: string]: Json };
}

type Reflect = (solution: Solution, work: Work) => Promise<Round>;

/** Evaluates what the next one made, and reflects on it for as long as its trigger says. */
const reflecting =
  ({ trigger, rounds, accept }: Loop, reflect: Reflect): Strategy =>
  (next: Solve) =>
  async (proposal, work) => {
    const parent = work.journal.solution(proposal.parents[0] ?? "");
    const candidate = await next(proposal, work);
    if (candidate.code === "") return candidate;
    let kept = await work.evaluate(candidate);
    for (let round = 1; round <= rounds && isTriggered(trigger, kept, parent, work); round++) {
      const { solution, outcome, details } = await reflect(kept, work);
      work.note({ round, outcome, ...details });
      if (solution === undefined) break;
      if (accept === "always" || !isBetter(work.task, kept, solution)) kept = solution;
      else break;
    }
    return kept.candidate;
  };

const isTriggered = (trigger: Loop["trigger"], now: Solution, parent: Solution | undefined, work: Work): boolean =>
  trigger === "always" ||
  !now.evaluation.valid ||
  (trigger === "onScoreDrop" && parent !== undefined && isBetter(work.task, parent, now));

/** How a script fared before and after an edit. */
const outcomeOf = (before: Solution, after: Solution): ReflectionOutcome => {
  if (before.evaluation.valid) return after.evaluation.valid ? "changed" : "newly-broken";
  return after.evaluation.valid ? "fixed" : "still-broken";
};

/**
 * Two-phase reflection: a critic reviews a solution and gives numbered instructions, then an editor applies these and nothing else. The edit is made as
 * small as it can be and measured; see `@aide-ts/strategy-reflection/patch`.
 *
 * The two phases are those of A. Osman's fork of AIDE (aide-ds, 2025), which told the editor to change little and did not measure it.
 */
export const reflection = definePlugin({
  kind: "strategy",
  name: "reflection",
  options,
  needs: () => [],
  shape: ({ rounds }) => ({ generations: [0, 2 * rounds], next: [1, 1] }),
  prompts: { "reflection/critique": promptFile("critique"), "reflection/edit": promptFile("edit") },
  create: (chosen) =>
    reflecting(chosen, async (solution, work) => {
      const { critic: role, critiqueTemperature: temperature } = chosen;
      const critique = await criticised(solution, { role, sentinel, temperature }, work);
      return critique.kind === "findings"
        ? edit(solution, instructionsOf(critique.findings, critique.text), chosen, work, countsOf(critique.findings))
        : { outcome: critique.kind === "declined" ? "declined" : "no-critique" };
    }),
});

const instructionsOf = (findings: readonly Finding[], text: string): Instructions => ({
  text,
  lines: findings.flatMap(({ lines }) => lines),
});

const countsOf = (findings: readonly Finding[]): { readonly [key: string]: Json } => ({
  findings: Object.fromEntries(
    findingKinds.flatMap((kind) => {
      const count = findings.filter((finding) => finding.kind === kind).length;
      return count === 0 ? [] : [[kind, count]];
    }),
  ),
});

/** Phase two: the edit, evaluated, and reduced if it mends the script. */
const edit = async (
  before: Solution,
  instructions: Instructions,
  options: EditOptions,
  work: Work,
  details: { readonly [key: string]: Json },
): Promise<Round> => {
  const made = await edited(before, instructions, options, work);
  if (made.kind === "unparsable") return { outcome: "unparsable", details: { ...details, refused: made.reason } };
  if (made.kind === "no-op") return { outcome: "no-op", details };
  const { plan } = before.candidate;
  const evaluate = (code: string): Promise<Solution> => work.evaluate({ plan, code, from: before.id });
  let after = await evaluate(made.text);
  const isPart = made.text !== made.whole;
  let stands: "part" | "whole" = isPart ? "part" : "whole";
  if (isPart && options.scope === "strict" && !after.evaluation.valid) {
    const whole = await evaluate(made.whole);
    if (whole.evaluation.valid) [after, stands] = [whole, "whole"];
  }
  const outcome = outcomeOf(before, after);
  const told = { ...details, form: made.form, stands, full: { ...made.full }, size: { ...made.size } };
  if (outcome !== "fixed" || options.reduce === "off") return { solution: after, outcome, details: told };
  const reduction = await reduced(before, after.candidate.code, options, work);
  const smaller =
    options.reduce === "apply" && reduction.text !== after.candidate.code ? await evaluate(reduction.text) : after;
  // A smaller edit that fails never takes the place of one that passes.
  const solution = smaller.evaluation.valid ? smaller : after;
  return { solution, outcome, details: { ...told, reduction: reduction.note } };
};
