import type { Plan } from "../plan/plan.ts";
import type { ContrastResult } from "../analysis/analyse.ts";
import { shownInterval, shownNumber, shownP } from "./numbers.ts";
import { tooFew } from "./words.ts";

/** What the data say of one contrast, in sentences; or that they cannot tell. */
export const statementOf = (
  { contrast, claim, signs, theseTasks, inCommon }: ContrastResult,
  { alpha, sequential }: Plan,
): string => {
  const sentences: string[] = [];
  const level = Math.round((1 - alpha) * 100);
  if (claim.kind === "refused")
    sentences.push(
      `On tasks like these nothing is claimed: ${tooFew(claim.tasks)} for the contrasts declared, ${claim.needed} are the fewest.`,
    );
  else {
    const { estimate, interval } = claim.t;
    const direction = estimate > 0 ? "higher" : "lower";
    const looks = sequential === undefined ? "" : ", looks allowed for";
    const figures = `difference ${shownNumber(estimate)}, ${level} % interval ${shownInterval(interval)}, ${shownP(claim.adjustedP)} after Holm${looks}, ${claim.tasks} tasks`;
    sentences.push(
      claim.adjustedP <= alpha
        ? `On tasks like these the score is ${direction}: ${figures}.`
        : `The data cannot tell whether the score differs on tasks like these: ${figures}.`,
    );
    if (signs !== undefined && signs.p <= alpha !== claim.t.p <= alpha)
      sentences.push(
        `By signs alone, without a normal distribution, it reads otherwise: ${shownP(signs.p)} before Holm.`,
      );
  }
  if (theseTasks !== undefined) {
    const { estimate, interval, p } = theseTasks.comparison;
    const how =
      theseTasks.by === "pairs" ? `cells of one ${inCommon ?? "draft"} paired` : "labels permuted within tasks";
    sentences.push(
      `On these very tasks: ${shownNumber(estimate)}, ${shownInterval(interval)}, ${shownP(p)} (${how}, uncorrected).`,
    );
  }
  return `${contrast}. ${sentences.join(" ")}`;
};
