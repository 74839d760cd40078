import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownNumber } from "./numbers.ts";
import { tokensText } from "./words.ts";

/** Whether contrasts would point the other way, had the budget counted other tokens. Nothing where that is not known. */
export const unitsText = ({ tokens: ownUnit }: Plan, { otherUnits }: Analysis): readonly string[] => {
  const reversed = otherUnits.flatMap(({ unit, tokens, reversed: some }) =>
    some.map(({ contrast, estimate, own }) => {
      const here = `${shownNumber(own.estimate)} at ${cellTokens(own.tokens)} ${tokensText[ownUnit]} of a cell`;
      const there = `${shownNumber(estimate)} at ${cellTokens(tokens)} ${tokensText[unit]}`;
      return `${contrast} changes its sign with the tokens that are counted: had each arm stopped where the one that used fewest did, it would be ${here}, and ${there}.`;
    }),
  );
  if (otherUnits.length === 0 || reversed.length > 0) return reversed;
  return [
    `No difference changes its sign at equal ${otherUnits.map(({ unit }) => tokensText[unit]).join(", or at equal ")}.`,
  ];
};

const cellTokens = (tokens: number): string => Math.round(tokens).toLocaleString("en");
