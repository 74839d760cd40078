import { coderPrompts, createCoder, PromptBook } from "@aide-ts/core";
import { play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { abMcts, evolutionary } from "../src/index.ts";
import { optionsOf } from "./options-of.ts";

describe("crossover", () => {
  for (const { name, prompts } of [evolutionary, abMcts])
    it(`comes with its prompt in ${name}, which shows both scripts and what became of them`, async () => {
      const book = new PromptBook({ ...coderPrompts(), ...prompts }, "# Task\nPredict y.");
      const settings = optionsOf(evolutionary, { generation: 2, crossover: 1, crossoverAfter: 1, debug: 0 });
      const { backend, journal } = await play({
        search: () => evolutionary.create(settings, undefined),
        coder: createCoder({ skeleton: "", directions: [], canContinue: () => false, opens: () => false }),
        prompt: (template, slots) => book.messages(template, slots),
        limits: { steps: 3 },
        reply: (_, { number }) => `\`\`\`python\nscript_number = ${number}\n\`\`\``,
        evaluators: [
          {
            evaluate: async ({ candidate }) => {
              const score = { value: candidate.code.length, source: "held-out" as const };
              return { valid: true, score, scores: [score], feedback: `judged ${candidate.code.trim().at(-1)}` };
            },
          },
        ],
      });
      const [, , crossed] = journal.outcomes;
      expect(crossed?.proposal).toMatchObject({
        operator: "crossover",
        parents: [expect.any(String), expect.any(String)],
      });
      const text = backend.requests[2]!.request.messages.map(({ content }) => content).join("\n");
      for (const shown of ["script_number = 0", "script_number = 1", "judged 0", "judged 1"])
        expect(text).toContain(shown);
    });
});
