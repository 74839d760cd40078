import {
  sketchPlanThenCode,
  sketchReflection,
  sketchSelfConsistency,
  sketchForcing,
  type Staged,
} from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { fenced, inTurn, judged, playedRun, repaired } from "../made-up.ts";

const [good, fair, bad] = ["x = 1", "x = 5", "x = 0"];

const behind = async (staged: Staged): Promise<Readonly<Record<string, readonly string[]>>> => {
  const { run } = await playedRun({ limits: { steps: 1 }, ...staged });
  return Object.fromEntries(
    run.journal.solutions.map((solution) => [solution.id, run.callsBehind(solution).map(({ place }) => place)]),
  );
};

describe("the calls behind a solution are", () => {
  it("the one that wrote it, and those before it in its branch and around", async () => {
    expect(
      await behind({
        strategies: [sketchPlanThenCode(), sketchSelfConsistency(2)],
        reply: inTurn("a plan", fenced(good), fenced(bad)),
      }),
    ).toEqual({ "0-0.0-1": ["0-0", "0-0.0-0"], "0-0.1-1": ["0-0", "0-0.1-0"] });
  });

  it("those since the script that it was made from", async () => {
    expect(
      await behind({
        strategies: [sketchPlanThenCode(), sketchReflection()],
        reply: inTurn("a plan", fenced(bad), "a critique", fenced(good)),
      }),
    ).toEqual({ "0-2": ["0-0", "0-1"], "0-5": ["0-3", "0-4"] });
  });

  it("those since the script that it was made from, where that one lies in a branch", async () => {
    expect(
      await behind({
        strategies: [sketchPlanThenCode(), sketchReflection(), sketchSelfConsistency(2)],
        reply: inTurn("a plan", fenced(bad), fenced(bad), "a critique", fenced(good)),
      }),
    ).toMatchObject({ "0-4": ["0-2", "0-3"] });
  });

  it("those since another script that was tried before it from the start", async () => {
    const twice: NonNullable<Staged["strategies"]>[number] = (next) => async (proposal, work) => {
      await work.evaluate(await next(proposal, work));
      return next(proposal, work);
    };
    expect(await behind({ strategies: [twice], reply: inTurn(fenced(bad), fenced(good)) })).toEqual({
      "0-1": ["0-0"],
      "0-3": ["0-2"],
    });
  });

  it("all calls that one was made of", async () => {
    expect(await behind({ strategies: [sketchForcing()], reply: inTurn("a thought", fenced(good)) })).toEqual({
      "0-1": ["0-w0-0", "0-w0-1"],
    });
  });

  it("of several answers that were not run the one that holds the script", async () => {
    expect(
      await behind({ strategies: [judged], reply: inTurn(fenced(good), fenced(fair), fenced(bad), "3", "1", "2") }),
    ).toEqual({ "0-0": ["0-0.0-0"] });
  });

  it("none where no answer beside it holds the script", async () => {
    expect(
      await behind({
        strategies: [judged, repaired],
        reply: inTurn(fenced(good), fenced(fair), fenced(bad), "3", "1", "2"),
      }),
    ).toEqual({ "0-0": [] });
  });

  it("none that quotes the script once it was run", async () => {
    const criticised: NonNullable<Staged["strategies"]>[number] = (next) => async (proposal, work) => {
      const { candidate } = await work.evaluate(await next(proposal, work));
      await work.fanOut(2, (branch) =>
        branch.generate({ messages: [{ role: "user", content: "rate it" }] }, { phase: "critique" }),
      );
      return candidate;
    };
    const reply = inTurn(fenced(good), `I like\n${fenced(good)}`, `So do I\n${fenced(good)}`);
    expect(await behind({ strategies: [criticised], reply })).toEqual({ "0-1": ["0-0"] });
  });
});
