import type { Json, Solution, Work } from "@aide-ts/plugin";
import { edited, reduced, type Instructions } from "./edit.ts";
import type { EditOptions } from "./edit-options.ts";
import { reflectionOutcome, type Round } from "./loop.ts";

/** Phase two: the edit, evaluated, and reduced if it repairs the script. */
export const editPhase = async (
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
  const outcome = reflectionOutcome(before, after);
  const reported = { ...details, form: made.form, stands, full: { ...made.full }, size: { ...made.size } };
  if (outcome !== "fixed" || options.reduce === "off") return { solution: after, outcome, details: reported };
  const reduction = await reduced(before, after.candidate.code, options, work);
  const smaller =
    options.reduce === "apply" && reduction.text !== after.candidate.code ? await evaluate(reduction.text) : after;
  // A smaller edit that fails never takes the place of one that passes.
  const solution = smaller.evaluation.valid ? smaller : after;
  return { solution, outcome, details: { ...reported, reduction: reduction.note } };
};
