import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { aide, block, fixtures, good, runFolder, smallTask } from "../../cli/test/aide.ts";
import { oneBuiltPluginOfEach } from "./built.ts";

const root = await oneBuiltPluginOfEach();

/** Fast, and the same task and model for all. */
const scripted = `backend=${JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers: [block(good)] })}`;
const keys = ["data_dir=data", "goal=Predict y", "eval=RMSE", "rehearse=false", "budget.steps=2"];
const state = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "aide-state-")) };

const run = async (kind: string, ...more: readonly string[]): Promise<string> => {
  const folder = join(root, kind);
  smallTask(folder);
  const { code, out, err } = await aide(["run", ...keys, ...more], folder);
  expect(err).toBe("");
  expect(code, out).toBe(0);
  expect(out).toContain("All 2 steps are done");
  return runFolder(folder);
};

const freshIn = (folder: string, name: string): string => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};

const recorded = (folder: string): string => readFileSync(join(folder, "run.json"), "utf8");

describe("aide run", { timeout: 200_000 }, () => {
  it.each(["strategy", "search", "executor", "evaluator"])("uses the %s as its example says", async (kind) => {
    const folder = await run(kind, scripted);
    expect(recorded(folder)).toContain(`my-${kind}`);
    expect(existsSync(join(folder, "best_submission.csv"))).toBe(true);
  });

  it("uses the backend as its example says, without any model", async () => {
    const folder = await run("backend");
    expect(recorded(folder)).toContain("my-backend");
    expect(existsSync(join(folder, "best_submission.csv"))).toBe(true);
  });
});

describe("aide ablate", { timeout: 200_000 }, () => {
  /** The example as it is, but for the task, the model and the size. */
  const ablated = async (kind: string): Promise<string> => {
    const folder = join(root, kind);
    const file = join(folder, "ablation.yaml");
    const { arms, outcome, launcher, ...example } = parse(readFileSync(file, "utf8"));
    expect(Object.keys(example).toSorted()).toEqual(["base", "seeds", "tasks"]);
    smallTask(freshIn(folder, "small"));
    const tasks = [{ name: "small", data_dir: "small/data", goal: "Predict y", eval: "RMSE" }];
    const base = { rehearse: false, budget: { steps: 1 }, backend: JSON.parse(scripted.replace("backend=", "")) };
    writeFileSync(
      file,
      stringify({ base, tasks, seeds: 2, arms, outcome, ...(launcher === undefined ? {} : { launcher }) }),
    );
    const { code, out, err } = await aide(["ablate", "ablation.yaml"], folder);
    expect(err).toBe("");
    expect(code, out).toBe(0);
    expect(out).toContain("ablation: 2 arms, 1 task, 2 seeds");
    return folder;
  };

  it.each(["strategy", "search"])(
    "compares the %s with what there is without it, as its example says",
    async (kind) => {
      const folder = await ablated(kind);
      expect(globSync("ablations/*/cells/small/*/seed-*", { cwd: folder })).toHaveLength(4);
    },
  );

  it("has its cells made by the launcher, as its example says", async () => {
    const folder = await ablated("launcher");
    const logs = globSync("**/run-*.log", { cwd: join(folder, "ablations") });
    expect(logs.map((path) => basename(path)).toSorted()).toEqual(["run-0.log", "run-1.log", "run-2.log", "run-3.log"]);
  });
});

describe("aide tasks", { timeout: 200_000 }, () => {
  it("prepares, runs and grades a task of the suite, whose labels no run reaches", async () => {
    const folder = join(root, "task-suite");
    const prepared = await aide(["tasks", "prepare", "my-task-suite"], folder, state);
    expect(prepared.err).toBe("");
    expect(prepared.out).toContain("1 task of my-task-suite is prepared");
    const sound = await aide(["tasks", "check", "my-task-suite/boats"], folder, state);
    expect(sound.code, sound.out + sound.err).toBe(0);
    symlinkSync(join(root, "backend"), join(folder, "backend"));
    const made = await aide(["run", "backend.use=./backend/dist/index.js", "budget.steps=1"], folder, state);
    expect(made.code, made.out + made.err).toBe(0);
    const graded = await aide(["grade"], folder, state);
    expect(graded.code, graded.out + graded.err).toBe(0);
  });
});
