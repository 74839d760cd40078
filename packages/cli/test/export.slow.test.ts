import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { aide, block, broken, good, project, runFolder } from "./aide.ts";

let root: string;

const linesOf = (file: string) =>
  readFileSync(join(root, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("aide export trajectories", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    root = project([block(good), block(broken)], {
      keys: "strategies: [{ use: best-of-n, n: 2 }]\nbudget: { steps: 1 }\n",
    });
    const { code, err } = await aide(["run"], root);
    if (code !== 0) throw new Error(`the run failed: ${err}`);
  }, 120_000);

  it("writes examples, pairs and a trajectory of a run", async () => {
    const examples = await aide(["export", "trajectories", "0"], root);
    expect(examples).toEqual({ code: 0, out: "trajectories-sft.jsonl   1 example of 1 run\n", err: "" });
    const [example] = linesOf("trajectories-sft.jsonl");
    expect(example.messages.at(-1)).toEqual({ role: "assistant", content: block(good) });
    expect(example.metadata).toMatchObject({
      metric: "rmse",
      direction: "minimize",
      node: "0-0.0-1",
      operator: "draft",
      model: "scripted",
      search_score: expect.any(Number),
      report_score: null,
      tokens: { prompt: 100, answer: 10 },
    });

    const pairs = await aide(["export", "trajectories", "logs", "--format", "dpo", "--out", "pairs.jsonl"], root);
    expect(pairs).toEqual({ code: 0, out: "pairs.jsonl   1 pair of 1 run\n", err: "" });
    const [pair] = linesOf("pairs.jsonl");
    expect(pair.prompt).toEqual(example.messages.slice(0, -1));
    expect([pair.chosen[0].content, pair.rejected[0].content]).toEqual([block(good), block(broken)]);

    const trajectory = await aide(["export", "trajectories", "--format", "atif"], root);
    expect(trajectory).toEqual({ code: 0, out: "trajectories   1 run, a file for each\n", err: "" });
    const name = runFolder(root).split("/").at(-1) ?? "";
    const { session_id, steps, subagent_trajectories } = JSON.parse(
      readFileSync(join(root, "trajectories", `${name}.json`), "utf8"),
    );
    expect([session_id, steps.length, subagent_trajectories.length]).toEqual([name, 2, 2]);
  });

  it.each([
    ["an unknown format", ["logs", "--format", "atiff"], 'did you mean "atif"?'],
    ["a folder without runs", ["empty"], "AIDE_RUN_NOT_FOUND"],
    ["a run that is nowhere", ["17"], 'There is no run "17".'],
    ["a damaged log", ["damaged"], "AIDE_EVENTS_DAMAGED"],
    ["nothing to export after all", ["begun"], "AIDE_TRAJECTORY_NONE"],
    ["a place that is taken", ["logs", "--out", "empty"], "AIDE_EXPORT_UNWRITABLE"],
  ])("refuses %s", async (_what, args, message) => {
    mkdirSync(join(root, "empty"), { recursive: true });
    const record = readFileSync(join(runFolder(root), "run.json"));
    for (const [folder, text] of [
      ["damaged", "no\nevents\n"],
      ["begun", ""],
    ] as const) {
      mkdirSync(join(root, folder, "0-run"), { recursive: true });
      writeFileSync(join(root, folder, "0-run", "run.json"), record);
      writeFileSync(join(root, folder, "0-run", "events.jsonl"), text);
    }
    const refused = await aide(["export", "trajectories", ...args], root);
    expect(refused.err).toContain(message);
    expect(refused).toMatchObject({ code: 2, out: "" });
  });
});
