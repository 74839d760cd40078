import { sketchPlanThenCode, sketchSelfConsistency, type Staged } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { dpoPairs } from "../../src/index.ts";
import { fenced, inTurn, playedRun, repaired } from "../made-up.ts";

const pairsOf = async (staged: Staged) => {
  const { run } = await playedRun({ limits: { steps: 1 }, ...staged });
  const { pairs, leftOut } = dpoPairs(run);
  return {
    pairs: pairs.map(({ metadata: { chosen, rejected, margin } }) => [chosen.call, rejected.call, margin]),
    leftOut: Object.fromEntries(leftOut),
  };
};

const samples = (count: number, ...answers: readonly string[]): Staged => ({
  strategies: [sketchSelfConsistency(count)],
  reply: inTurn(...answers),
});

describe("pairs", () => {
  it("are all two answers to one prompt of which one did better", async () => {
    expect(await pairsOf(samples(3, fenced("x = 0"), fenced("x = 7"), fenced("x = 5")))).toEqual({
      pairs: [
        ["0-0.1-0", "0-0.0-0", null],
        ["0-0.2-0", "0-0.0-0", null],
        ["0-0.2-0", "0-0.1-0", 2],
      ],
      leftOut: {},
    });
  });

  it("leave out ties, scores within their errors, and say so", async () => {
    const answers = [fenced("x = 0"), "no code", fenced("x = 5 ± 3"), fenced("x = 9 ± 3"), fenced("# same\nx = 5 ± 3")];
    expect(await pairsOf(samples(5, ...answers))).toMatchObject({
      pairs: [
        ["0-0.2-0", "0-0.0-0", null],
        ["0-0.3-0", "0-0.0-0", null],
        ["0-0.4-0", "0-0.0-0", null],
        ["0-0.2-0", "0-0.1-0", null],
        ["0-0.3-0", "0-0.1-0", null],
        ["0-0.4-0", "0-0.1-0", null],
      ],
      leftOut: { tie: 2, "within-error": 2 },
    });
  });

  it("count an answer once, however often it was given", async () => {
    const { pairs } = await pairsOf(samples(4, fenced("x = 0"), fenced("x = 0"), fenced("x = 5"), fenced("x = 5")));
    expect(pairs).toEqual([["0-0.2-0", "0-0.0-0", null]]);
  });

  it("are not made of answers to different plans", async () => {
    expect(
      await pairsOf({
        strategies: [sketchSelfConsistency(2), sketchPlanThenCode()],
        reply: inTurn("a plan", "another plan", fenced("x = 5"), fenced("x = 0")),
      }),
    ).toEqual({ pairs: [], leftOut: {} });
  });

  it("are not made of an answer whose script was changed before it ran", async () => {
    expect(
      await pairsOf({
        strategies: [sketchSelfConsistency(2), repaired],
        reply: inTurn(fenced("x = 5"), fenced("x = 0")),
      }),
    ).toEqual({ pairs: [], leftOut: { "not-verbatim": 1 } });
  });

  it("are not made of answers that stand for no one script", async () => {
    const twice: NonNullable<Staged["strategies"]>[number] = (next) => async (proposal, work) => {
      const candidate = await next(proposal, work);
      const solutions = await work.fanOut(2, (branch, at) =>
        branch.evaluate({ ...candidate, code: `${candidate.code}# ${at}\n` }),
      );
      return solutions[0]!.ok ? solutions[0]!.value.candidate : candidate;
    };
    expect(
      await pairsOf({
        strategies: [sketchSelfConsistency(2), twice],
        reply: inTurn(fenced("x = 5"), fenced("x = 0")),
      }),
    ).toEqual({ pairs: [], leftOut: {} });
  });
});
