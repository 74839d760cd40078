import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Solution } from "@aide-ts/plugin";
import { FakeExecutor, type FakeRun } from "@aide-ts/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSingle } from "../src/run/last-run.ts";

const task = { goal: "g", metric: "mae", direction: "minimize" as const };
const written: FakeRun = { files: { "submission/submission.csv": "id,y\n1,2\n" } };
const slow: FakeRun = { fate: "timeout" };
const broken: FakeRun = { fate: "exception", exception: { type: "MemoryError", message: "", frames: [] } };
const unfinished: FakeRun = { files: { "submission/submission.csv": "id,y\n" } };

/** Solutions of one search, the better the earlier; each by the seconds that it took there. */
const searched = (seconds: readonly number[]): readonly Solution[] =>
  seconds.map((took, at) => {
    const score = { value: at, source: "held-out" as const };
    return {
      id: `${at}`,
      proposal: at,
      parents: [],
      candidate: { plan: "", code: `script ${at}` },
      execution: { id: "x", fate: "ok", output: "", seconds: took, artifacts: [] },
      evaluation: { valid: true, score, scores: [score], feedback: "" },
    };
  });

/** Runs the best of them on all rows, where each does what is given. */
const lastOf = async (seconds: readonly number[], runs: readonly FakeRun[]) => {
  const logs = mkdtempSync(join(tmpdir(), "aide-last-"));
  const finalExecutor = new FakeExecutor(({ code }) => runs[Number(code.split(" ")[1])] ?? written);
  const finalSubmission = { columns: ["id", "y"], id: ["id"], keys: ["1"], kind: "value" as const, targets: ["y"] };
  const options = { logs, finalExecutor, finalSubmission, signal: new AbortController().signal };
  const solutions = searched(seconds);
  const last = await runSingle(options, solutions[0]!, { task, solutions: solutions.toReversed() });
  const file = (name: string) => (existsSync(join(logs, name)) ? readFileSync(join(logs, name), "utf8") : undefined);
  return {
    last,
    ran: finalExecutor.scripts.map(({ code }) => code.split(" ")[1]),
    script: file("best_solution.py"),
    submission: file("best_submission.csv"),
  };
};

describe("the last run", () => {
  it("is of the chosen solution where that works, and of no other", async () => {
    const { last, ran, script } = await lastOf([1, 1], [written]);
    expect(last).toEqual({ kind: "done", rows: 1 });
    expect([ran, script]).toEqual([["0"], undefined]);
  });

  it.each([
    ["ends in an exception", broken, "the final run failed (MemoryError)"],
    ["writes too few rows", unfinished, "the final submission is not valid: "],
  ])("is of the next best where the chosen one %s", async (_, run, why) => {
    const { last, ran, script, submission } = await lastOf([1, 1, 1], [run]);
    expect(last).toMatchObject({ kind: "done", instead: { of: "0", solution: "1" } });
    expect(last.kind === "done" && last.instead?.why).toContain(why);
    expect([ran, script, submission]).toEqual([["0", "1"], "script 1", "id,y\n1,2\n"]);
  });

  it("passes over what would take too long as well", async () => {
    const { ran } = await lastOf([50, 40, 20, 12, 9], [slow, written, slow, written]);
    expect(ran).toEqual(["0", "2", "4"]);
  });

  it("gives up after three others, with what became of the chosen one", async () => {
    const { last, ran, submission } = await lastOf([1, 1, 1, 1, 1], [broken, broken, broken, broken, written]);
    expect(last).toMatchObject({ kind: "none", why: "the final run failed (MemoryError)" });
    expect([ran, submission]).toEqual([["0", "1", "2", "3"], undefined]);
  });

  it("submits something wherever one of the next three can, and never one that is not valid", async () => {
    const fates = fc.array(fc.constantFrom(written, broken, unfinished), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fates, async (runs) => {
        const { last, submission } = await lastOf(
          runs.map(() => 1),
          runs,
        );
        expect(last.kind === "done").toBe(runs.slice(0, 4).includes(written));
        expect(submission).toBe(last.kind === "done" ? "id,y\n1,2\n" : undefined);
      }),
      { numRuns: 50 },
    );
  });
});
