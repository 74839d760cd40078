import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { cellsOf, freezePlan, readFrozenPlan, readPlan, thawPlan, type Plan } from "../../src/index.ts";
import { planOf, temporary } from "../made-up.ts";

const configs = fileURLToPath(new URL("../../../../configs/ablations/", import.meta.url));

let root: string;
let plan: Plan;
const freezing = {
  file: "/experiments/small.yaml",
  version: "0.0.0",
  at: new Date("2026-11-29T12:00:00Z"),
  mask: (text: string) => text.replaceAll("hunter2", "***"),
};

beforeEach(() => {
  root = join(temporary(), "ablation");
  plan = planOf("/data");
});

describe("a frozen plan", () => {
  it("is written before the first cell, without secrets, and is the same when it is begun again", async () => {
    const secret = { ...plan, base: { ...plan.base, backend: { use: "scripted", apiKey: "hunter2" } } };
    expect(await freezePlan(root, secret, freezing)).toEqual(secret);
    const written = readFileSync(join(root, "plan.json"), "utf8");
    expect(written).not.toContain("hunter2");
    expect(await freezePlan(root, secret, { ...freezing, version: "0.0.1", at: new Date() })).toEqual(secret);
    expect(readFileSync(join(root, "plan.json"), "utf8")).toBe(written);
    expect(await readFrozenPlan(root)).toMatchObject({
      version: "0.0.0",
      begun: "2026-11-29T12:00:00.000Z",
      added: [],
    });
  });

  it("that somebody edited is refused, but not for the seeds that were added", async () => {
    await freezePlan(root, plan, freezing);
    await freezePlan(root, plan, { ...freezing, addSeeds: 2 });
    const path = join(root, "plan.json");
    const frozen = await readFrozenPlan(root);
    expect(frozen).toMatchObject({ added: [2, 3] });
    writeFileSync(path, JSON.stringify({ ...frozen, plan: { ...frozen.plan, alpha: 0.1 } }));
    await expect(readFrozenPlan(root)).rejects.toMatchObject({ code: "AIDE_ABLATION_EDITED" });
  });

  it.each(readdirSync(configs))("of %s is the one that cells are made by", async (name) => {
    const file = join(configs, name);
    const read = await readPlan(file);
    await freezePlan(root, read, { ...freezing, file });
    expect(await thawPlan(root, freezing.mask)).toEqual({ plan: read, file });
  });

  it.each([
    [
      "an arm that changed",
      {
        arms: [
          { name: "baseline", change: {} },
          { name: "reflection", change: { slots: 3 } },
        ],
      },
      "the arm reflection is",
    ],
    ["an arm more", { arms: [...planOf("/data").arms, { name: "third", change: { slots: 3 } }] }, "the arm third is"],
    ["a task less", { tasks: [] }, "the task line is"],
    ["another budget and outcome", { base: { budget: { steps: 9 } }, outcome: "useful" as const }, "base, outcome are"],
    ["arms in another order", { arms: planOf("/data").arms.toReversed() }, "the order of arms is"],
  ])("refuses %s", async (_what, change, message) => {
    await freezePlan(root, plan, freezing);
    await expect(freezePlan(root, { ...plan, ...change }, freezing)).rejects.toMatchObject({
      code: "AIDE_ABLATION_CHANGED",
      message: expect.stringContaining(message),
    });
  });

  it("takes more seeds when asked to, knows which they were, and no others", async () => {
    await freezePlan(root, plan, freezing);
    expect((await freezePlan(root, plan, { ...freezing, addSeeds: 2 })).seeds).toEqual([0, 1, 2, 3]);
    expect((await freezePlan(root, plan, freezing)).seeds).toEqual([0, 1, 2, 3]);
    expect((await readFrozenPlan(root)).added).toEqual([2, 3]);
    await expect(freezePlan(root, { ...plan, seeds: [0, 1, 2, 3] }, freezing)).rejects.toMatchObject({
      code: "AIDE_ABLATION_CHANGED",
      message: expect.stringContaining("begun with the seeds 0, 1"),
      fix: expect.stringContaining("--add-seeds"),
    });
  });

  it("continues with the seeds that it was asked for before, until they are made", async () => {
    await freezePlan(root, plan, freezing);
    const added = await freezePlan(root, plan, { ...freezing, addSeeds: 1 });
    expect((await freezePlan(root, plan, { ...freezing, addSeeds: 1 })).seeds).toEqual([0, 1, 2]);
    for (const { folder, task, arm, seed } of cellsOf({ ...added, seeds: [2] })) {
      mkdirSync(join(root, folder), { recursive: true });
      const attempts = [{ kind: "finished", reason: "steps", message: "" }];
      writeFileSync(
        join(root, folder, "cell.json"),
        JSON.stringify({ task: task.name, arm: arm.name, seed, attempts }),
      );
    }
    expect((await freezePlan(root, plan, { ...freezing, addSeeds: 1 })).seeds).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ["is cut short", (text: string) => text.slice(0, 100), /JSON/],
    ["is of another format", (text: string) => text.replace('"format": 1', '"format": 2'), /^format: Invalid input/],
    [
      "has a task without a name",
      (text: string) => text.replace(/("tasks": \[\s*\{\s*)"name": "[^"]*",/, "$1"),
      /^plan\.tasks\.0\.name: Invalid input/,
    ],
  ])("that %s is refused", async (_what, change, cause) => {
    await freezePlan(root, plan, freezing);
    const path = join(root, "plan.json");
    writeFileSync(path, change(readFileSync(path, "utf8")));
    await expect(readFrozenPlan(root)).rejects.toMatchObject({
      code: "AIDE_ABLATION_UNREADABLE",
      facts: { cause: expect.stringMatching(cause) },
    });
    await expect(freezePlan(root, plan, freezing)).rejects.toMatchObject({ code: "AIDE_ABLATION_UNREADABLE" });
  });
});
