import type { Analysis } from "../analysis/analyse.ts";
import { shownNumber, shownPercent } from "./numbers.ts";

/** A head and its rows, as text: what a terminal and a page show alike. */
export type Table = readonly (readonly string[])[];

export const armTable = ({ arms }: Analysis): Table => [
  ["arm", "score", "useful", "valid", "valid steps", "tokens of a cell", "executions", "missing", "lost"],
  ...arms.map((arm) => [
    arm.arm,
    arm.score === undefined ? "none" : shownNumber(arm.score),
    shownPercent(arm.useful),
    shownPercent(arm.valid),
    shownPercent(arm.validSteps),
    Math.round(arm.tokens).toLocaleString("en"),
    arm.executions.toFixed(1),
    `${arm.missing} of ${arm.cells}`,
    String(arm.lost),
  ]),
];

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
