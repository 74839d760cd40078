import { historyOf, type Event } from "@aide-ts/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fuzzRuns } from "../../../../tools/vitest/fuzz-runs.ts";
import { dpoPairs } from "../../src/index.ts";
import { playedRun, scenes } from "../made-up.ts";

const numRuns = Math.min(2000, Math.ceil(fuzzRuns(2000) / 20));

const asked = z.object({
  model: z.string(),
  role: z.string(),
  request: z.object({
    messages: z.array(z.object({ role: z.string(), content: z.string() })),
    continueFrom: z.object({ text: z.string(), reasoning: z.string(), thinking: z.boolean() }).optional(),
  }),
});

const ended = z.object({ end: z.literal("ended"), value: z.object({ text: z.string() }) });

/** What a log holds of a call and of a node, read without the code under test. */
const readerOf = (events: readonly Event[]) => {
  const { effects } = historyOf(events);
  const nodes = new Map(
    events.flatMap((event) =>
      event.type === "told" ? event.outcome.solutions.map((one) => [one.id, one] as const) : [],
    ),
  );
  return {
    asked: (place: string) => {
      const { model, role, request } = asked.parse(effects.get(place)!.details);
      return { model, role, messages: request.messages, continueFrom: request.continueFrom };
    },
    answer: (place: string) =>
      `${asked.parse(effects.get(place)!.details).request.continueFrom?.text ?? ""}${ended.parse(effects.get(place)).value.text}`,
    node: (id: string) => nodes.get(id)!,
  };
};

const scoreOf = (code: string): number | undefined => {
  const [, value = "0"] = /x = (\d+)/.exec(code) ?? [];
  return value === "0" ? undefined : Number(value);
};

describe("whatever was played,", { timeout: 600_000 }, () => {
  it("no two answers make a pair that were not given to the very same prompt, from the same parent, by the same model", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run, events } = await playedRun(scene);
        const log = readerOf(events);
        for (const { prompt, chosen, rejected, metadata } of dpoPairs(run).pairs) {
          seen++;
          const [better, worse] = [metadata.chosen, metadata.rejected];
          expect(log.asked(better.call)).toEqual(log.asked(worse.call));
          expect(prompt).toEqual(log.asked(better.call).messages);
          expect(log.node(better.node).parents[0]).toBe(log.node(worse.node).parents[0]);
          expect([chosen[0].content, rejected[0].content]).toEqual([log.answer(better.call), log.answer(worse.call)]);
          expect(better.call).not.toBe(worse.call);
        }
      }),
      { numRuns },
    );
    expect(seen).toBeGreaterThan(0);
  });

  it("the chosen answer holds a script that did better than the other's", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run, events } = await playedRun(scene);
        const log = readerOf(events);
        for (const { chosen, metadata } of dpoPairs(run).pairs) {
          const { code } = log.node(metadata.chosen.node);
          const [better, worse] = [scoreOf(code), scoreOf(log.node(metadata.rejected.node).code)];
          expect(better).toBeDefined();
          if (worse === undefined) expect(metadata).toMatchObject({ reason: "valid-over-failed", margin: null });
          else expect(metadata).toMatchObject({ reason: "better-score", margin: worse - better! });
          expect(worse ?? Number.POSITIVE_INFINITY).toBeGreaterThan(better!);
          expect(chosen[0].content).toContain(code.trimEnd());
        }
      }),
      { numRuns },
    );
  });
});
