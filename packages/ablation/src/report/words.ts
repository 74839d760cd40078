import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownPercent } from "./numbers.ts";

export const outcomeText: Readonly<Record<Plan["outcome"], string>> = {
  "report-score": "report score from the trivial predictor (0) to the best reference (1)",
  "search-score": "rank by search score, which the search chose by: optimistic",
  useful: "share of cells with a useful submission",
};

export const tokensText: Readonly<Record<Plan["tokens"], string>> = {
  "generated-and-uncached": "generated and uncached prompt tokens",
  generated: "generated tokens",
  all: "generated and prompt tokens",
};

/** Of a number of tasks that nothing can be claimed of. */
export const tooFew = (tasks: number): string => (tasks === 1 ? "1 task is too few" : `${tasks} tasks are too few`);

/** What a reader must know first. An arm that infrastructure took more than a twentieth of may have lost its hard cells. */
export const warningsOf = ({ arms, mismatches, exploratory }: Analysis): readonly string[] => [
  ...arms
    .filter(({ lostShare }) => lostShare > 0.05)
    .map(
      ({ arm, lost, lostShare }) =>
        `Infrastructure ended ${lost} attempts of ${arm}, ${shownPercent(lostShare)} of them: comparisons with it are in doubt.`,
    ),
  ...(exploratory.length === 0
    ? []
    : [`Exploratory: on ${exploratory.join(", ")} the setup was not the frozen one, so nothing here is a test of it.`]),
  ...mismatches.map((mismatch) => `Not made alike: ${mismatch}.`),
];
