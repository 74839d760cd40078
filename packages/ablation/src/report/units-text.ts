import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownNumber } from "./numbers.ts";
import { tokensText } from "./words.ts";

/** Whether contrasts would point the other way, had the budget counted other tokens. Nothing where that is not known. */
export const unitsText = ({ contrasts }: Plan, { otherUnits }: Analysis): readonly string[] => {
  const reversed = otherUnits.flatMap(({ unit, tokens, estimates, reversed: names }) =>
    names.map((name) => {
      const estimate = estimates[contrasts.findIndex((contrast) => contrast.name === name)] ?? 0;
      return `${name} points the other way at equal ${tokensText[unit]} (${shownNumber(estimate)} at ${Math.round(tokens).toLocaleString("en")} of a cell).`;
    }),
  );
  if (otherUnits.length === 0 || reversed.length > 0) return reversed;
  return [
    `No difference changes its sign at equal ${otherUnits.map(({ unit }) => tokensText[unit]).join(", or at equal ")}.`,
  ];
};
