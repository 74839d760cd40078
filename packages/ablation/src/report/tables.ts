import type { Analysis } from "../analysis/analyse.ts";
import type { ArmSummary } from "../analysis/arm-summary.ts";
import { shownNumber, shownPercent } from "./numbers.ts";

/** A head and its rows, as text: what a terminal and a page show alike. */
export type Table = readonly (readonly string[])[];

export const armTable = ({ arms }: Analysis): Table => {
  const ranked = arms.some(({ anyMedal }) => anyMedal !== undefined);
  const shares = ({ useful, valid, aboveMedian = 0, anyMedal = 0 }: ArmSummary): readonly number[] =>
    ranked ? [valid, aboveMedian, anyMedal] : [useful, valid];
  return [
    [
      "arm",
      "score",
      ...(ranked ? ["valid", "above median", "any medal"] : ["useful", "valid"]),
      "valid steps",
      "tokens of a cell",
      "executions",
      "missing",
      "lost",
    ],
    ...arms.map((arm) => [
      arm.arm,
      arm.score === undefined ? "none" : shownNumber(arm.score),
      ...shares(arm).map(shownPercent),
      shownPercent(arm.validSteps),
      Math.round(arm.tokens).toLocaleString("en"),
      arm.executions.toFixed(1),
      `${arm.missing} of ${arm.cells}`,
      String(arm.lost),
    ]),
  ];
};

/** Where scores come from. Nothing where no cell was graded by references. */
export const decompositionTable = ({ decompositions }: Analysis): Table | undefined =>
  decompositions.length === 0
    ? undefined
    : [
        ["arm", "best of all", "chosen", "lost by choosing", "added by the last run", "any useful"],
        ...decompositions.map(({ arm, oracle, chosen, regret, refit, coverage }) => [
          arm,
          ...[oracle, chosen, regret, refit].map(shownNumber),
          shownPercent(coverage),
        ]),
      ];

/** What operators made of what they started from. Nothing where none started from a valid solution. */
export const transitionTable = ({ transitions }: Analysis): Table | undefined =>
  transitions.length === 0
    ? undefined
    : [
        ["arm", "operator", "from a valid solution", "better", "worse", "not valid"],
        ...transitions.map(({ arm, operator, solutions, better, worse, invalid }) => [
          arm,
          operator,
          ...[solutions, better, worse, invalid].map(String),
        ]),
      ];

/** What cells used, in the mean. */
export const spendingTable = ({ spending }: Analysis): Table => {
  const priced = spending.some(({ cost }) => cost !== undefined);
  return [
    [
      "arm",
      "calls",
      "reasoning",
      "answers",
      "prompts",
      "of these cached",
      "most of a cell",
      "scores seen",
      "scripts",
      "their seconds",
      ...(priced ? ["cost of all"] : []),
    ],
    ...spending.map((one) => [
      one.arm,
      one.calls.toFixed(1),
      ...[one.reasoning, one.answer, one.prompt, one.cached, one.mostTokens].map((tokens) =>
        Math.round(tokens).toLocaleString("en"),
      ),
      one.queries.toFixed(1),
      one.executions.toFixed(1),
      one.executorSeconds.toFixed(0),
      ...(priced ? [one.cost?.toPrecision(3) ?? "none"] : []),
    ]),
  ];
};

/** The chance of a useful submission, or of a medal, among k seeds. Nothing with one seed. */
export const passAtKTable = ({ passAtK }: Analysis): Table | undefined => {
  const ks = Math.max(0, ...passAtK.map(({ useful }) => useful.length));
  if (ks < 2) return undefined;
  const ofMedals = passAtK.some(({ anyMedal }) => anyMedal !== undefined);
  return [
    [
      ofMedals ? "any medal among" : "any useful among",
      ...Array.from({ length: ks }, (_, at) => (at === 0 ? "1 seed" : `${at + 1} seeds`)),
    ],
    ...passAtK.map(({ arm, useful, anyMedal }) => [arm, ...(anyMedal ?? useful).map(shownPercent)]),
  ];
};
