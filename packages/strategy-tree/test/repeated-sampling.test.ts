import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedSampling } from "../src/index.ts";
import { treeRuns } from "./fuzz.ts";
import { scoresOf } from "./made-up.ts";
import { optionsOf } from "./options-of.ts";
import { searched } from "./searched.ts";

describe("repeated-sampling", () => {
  it("never does anything but drafts that see nothing, and never stops", () => {
    fc.assert(
      fc.property(scoresOf(30), fc.constantFrom(1, 3, 8), (scores, slots) => {
        const score = (_: unknown, number: number) => scores[number];
        const { proposals } = searched(repeatedSampling, optionsOf(repeatedSampling), { steps: 30, slots, score });
        expect(proposals).toEqual(
          Array.from({ length: 30 }, () => ({ operator: "draft", parents: [], memory: [], guidance: [] })),
        );
      }),
      { numRuns: treeRuns },
    );
  });

  it("gives each failed draft so many repairs in a row, each of what the last left, and no more", () => {
    fc.assert(
      fc.property(scoresOf(40), fc.integer({ min: 1, max: 3 }), (scores, debug) => {
        const { outcomes } = searched(repeatedSampling, optionsOf(repeatedSampling, { debug }), {
          steps: 40,
          score: (_, number) => scores[number],
        });
        let failure: string | undefined;
        let tries = 0;
        for (const { proposal, chosen } of outcomes) {
          const repairs = failure !== undefined && tries < debug;
          expect([proposal.operator, ...proposal.parents]).toEqual(repairs ? ["debug", failure] : ["draft"]);
          if (repairs) tries++;
          else [failure, tries] = [undefined, 0];
          if (chosen?.evaluation.valid === true) failure = undefined;
          else if (chosen !== undefined && chosen.candidate.code !== "") failure = chosen.id;
        }
      }),
      { numRuns: treeRuns },
    );
  });
});
