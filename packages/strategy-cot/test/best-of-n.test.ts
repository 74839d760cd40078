import { describe, expect, it } from "vitest";
import { bestOfN } from "../src/index.ts";
import { block, once, textOf } from "./chain.ts";

const run = (by: "score" | "judge", rate: (candidate: number) => string) => {
  let made = 0;
  return once([bestOfN.create({ n: 3, by, judge: "judge" }, undefined)], {
    reply: (request) => {
      const text = textOf(request);
      if (!text.startsWith("best-of-n/judge")) return block(`x = ${made++}`);
      return rate(Number(/"candidate":"x = (\d)/.exec(text)?.[1]));
    },
  });
};

describe("best-of-n", () => {
  it("takes the script that a judge rates best, and runs no other", async () => {
    const played = await run("judge", (candidate) => `<think>Rating: 10</think>Rating: ${[3, 8, 5][candidate]}`);
    expect(played.journal.outcomes[0]?.chosen?.candidate.code).toBe("x = 1\n");
    expect(played.executor.scripts).toHaveLength(1);
    expect(played.journal.outcomes[0]?.notes).toEqual({ s0: [{ ratings: [3, 8, 5], chosen: 1 }] });
  });

  it("takes the first where no rating can be read", async () => {
    const played = await run("judge", () => "I cannot say.");
    expect(played.journal.outcomes[0]?.chosen?.candidate.code).toBe("x = 0\n");
  });

  it("takes the best score of all by score", async () => {
    const played = await run("score", () => "");
    const [outcome] = played.journal.outcomes;
    expect(outcome?.solutions).toHaveLength(3);
    const scores = (outcome?.solutions ?? []).flatMap(({ evaluation }) =>
      evaluation.valid ? [evaluation.score.value] : [],
    );
    expect(outcome?.chosen?.evaluation).toMatchObject({ score: { value: Math.min(...scores) } });
  });
});
