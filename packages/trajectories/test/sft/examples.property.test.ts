import { historyOf } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fuzzRuns } from "../../../../tools/vitest/fuzz-runs.ts";
import { sftExamples } from "../../src/index.ts";
import { playedRun, scenes } from "../made-up.ts";

const logged = z.object({
  details: z.object({
    request: z.object({
      messages: z.array(z.object({ role: z.string(), content: z.string() })),
      continueFrom: z.object({ reasoning: z.string(), text: z.string() }).optional(),
    }),
  }),
  value: z.object({ text: z.string(), reasoning: z.string() }),
});

const numRuns = Math.min(2000, Math.ceil(fuzzRuns(2000) / 20));

describe("whatever was played,", { timeout: 600_000 }, () => {
  it("each example holds prompt and answer of its call as the log does, sign by sign", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run, events } = await playedRun(scene);
        const { effects } = historyOf(events);
        for (const { messages, metadata } of sftExamples(run)) {
          seen++;
          const { details, value } = logged.parse(effects.get(metadata.call));
          const { request } = details;
          const { text, reasoning } = value;
          const begun = request.continueFrom ?? { reasoning: "", text: "" };
          expect(messages.slice(0, -1)).toEqual(request.messages);
          const { content, reasoning_content = "", role } = messages.at(-1)!;
          expect(role).toBe("assistant");
          expect([...content]).toEqual([...begun.text, ...text]);
          expect([...reasoning_content]).toEqual([...begun.reasoning, ...reasoning]);
          expect(metadata.prefill).toEqual(
            begun.text + begun.reasoning === ""
              ? null
              : {
                  content: begun.text,
                  ...(begun.reasoning === "" ? {} : { reasoning_content: begun.reasoning }),
                },
          );
        }
      }),
      { numRuns },
    );
    expect(seen).toBeGreaterThan(0);
  });

  it("each leads to a valid solution between a root and the best", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run } = await playedRun(scene);
        const above = new Set<string | null>();
        for (let id = run.journal.best?.id; id !== undefined;) {
          above.add(id);
          id = run.journal.solutions.find((one) => one.id === id)?.parents[0];
        }
        const examples = sftExamples(run);
        for (const { metadata } of examples) {
          expect(above).toContain(metadata.node);
          expect(run.journal.solutions.find(({ id }) => id === metadata.node)?.evaluation.valid).toBe(true);
          expect(metadata.report_score).toBeNull();
        }
        expect(new Set(examples.map(({ metadata: { call, node } }) => `${call} ${node}`)).size).toBe(examples.length);
      }),
      { numRuns },
    );
  });
});
