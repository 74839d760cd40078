import { sketchReflection, sketchSelfConsistency } from "@aide-ts/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../../tools/vitest/fuzz-runs.ts";
import { recordedRun, runTrajectory } from "../../src/index.ts";
import { facts, fenced, inTurn, playedRun, scenes } from "../made-up.ts";
import { atifSchema } from "./atif-schema.ts";

describe("the trajectory of a run", () => {
  it("has the search's steps, and each model call under the step that it was made for", async () => {
    const { run } = await playedRun({
      limits: { steps: 2 },
      strategies: [sketchReflection()],
      reply: inTurn({ text: fenced("x = 0"), reasoning: "zero" }, "critique", fenced("x = 5")),
    });
    await expect(`${JSON.stringify(runTrajectory(run), null, 1)}\n`).toMatchFileSnapshot("fixtures/trajectory.json");
  });

  it("counts tokens as the run did", async () => {
    const { run } = await playedRun({ strategies: [sketchSelfConsistency()] });
    const { final_metrics: all, subagent_trajectories: calls = [] } = runTrajectory(run);
    const used = calls.flatMap(({ steps }) => steps.flatMap((step) => ("metrics" in step ? [step.metrics!] : [])));
    expect(calls).toHaveLength(run.calls.length);
    expect(all).toMatchObject({
      total_prompt_tokens: used.reduce((sum, { prompt_tokens }) => sum + prompt_tokens, 0),
      total_completion_tokens: used.reduce((sum, { completion_tokens }) => sum + completion_tokens, 0),
    });
  });

  it("has the step that was under way, marked", async () => {
    const { run, events } = await playedRun({ limits: { steps: 2 } });
    const cut = events.slice(
      0,
      events.findLastIndex(({ type }) => type === "told"),
    );
    const open = recordedRun(facts({ ended: false }), cut, run.journal.task);
    const { steps, extra } = runTrajectory(open);
    expect(extra).toMatchObject({ ended: false });
    expect(steps.map((step) => step.extra)).toEqual([undefined, { step: 0, done: true }, { step: 1, done: false }]);
    expect(steps.at(-1)).toMatchObject({
      observation: { results: [{ subagent_trajectory_ref: [{ trajectory_id: "1-0" }] }] },
    });
  });

  it("is there for a run that has not come to a call", () => {
    const empty = recordedRun(facts(), [], { goal: "predict", metric: "rmse", direction: "minimize" });
    expect(atifSchema.parse(runTrajectory(empty)).steps).toHaveLength(1);
  });

  it("is always of the format, and refers to every call once", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { run } = await playedRun(scene);
        const made = atifSchema.parse(JSON.parse(JSON.stringify(runTrajectory(run))));
        const referred = made.steps.flatMap((step) =>
          step.source === "agent"
            ? (step.observation?.results ?? []).flatMap(({ subagent_trajectory_ref: refs = [] }) =>
                refs.map(({ trajectory_id }) => trajectory_id),
              )
            : [],
        );
        expect(referred.toSorted()).toEqual(
          (made.subagent_trajectories ?? []).map(({ trajectory_id }) => trajectory_id).toSorted(),
        );
      }),
      { numRuns: Math.min(2000, Math.ceil(fuzzRuns(2000) / 40)) },
    );
  });
});
