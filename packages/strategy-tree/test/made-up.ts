import fc from "fast-check";
import type { Score } from "./searched.ts";

/** How proposals end, by their number: scores with many ties, failures, answers without code, proposals that give nothing. */
export const scoresOf = (steps: number): fc.Arbitrary<readonly Score[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom("no-code" as const, "cut" as const) },
    ),
    { minLength: steps, maxLength: steps },
  );

export const directions = fc.constantFrom("maximize" as const, "minimize" as const);
