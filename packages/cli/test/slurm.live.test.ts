import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSlurm, type Cluster } from "../../../tools/live/slurm.ts";
import { aide, broken, freshFolder, good, start } from "./aide.ts";
import { answering, writeLineTask } from "./line-tasks.ts";

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startSlurm({ maxArraySize: 16 });
});

afterAll(() => cluster[Symbol.asyncDispose]());

const writePlan = (root: string, seeds: number, works = good): void => {
  for (const name of ["one", "two"]) writeLineTask(root, name);
  writeFileSync(
    join(root, "cluster.yaml"),
    `base: { rehearse: false, strategies: [], budget: { steps: 1 }, evaluators: [held-out] }
tasks: [./one, ./two]
seeds: ${seeds}
drafts: own
arms:
  broken: { ${answering(broken)} }
  works: { ${answering(works)} }
launcher: { use: slurm, cpus: 1, pollSeconds: 0.5 }
`,
  );
};

const jobsIn = async (state: string): Promise<readonly string[]> =>
  (await cluster.ask("squeue", "-h", "-r", "--me", "-t", state, "-o", "%i")).split("\n").filter((line) => line !== "");

/** Waits until so many jobs are in that state. */
const jobs = async (state: string, count: number): Promise<readonly string[]> => {
  for (;;) {
    const found = await jobsIn(state);
    if (found.length >= count) return found;
    await sleep(100);
  }
};

interface Attempted {
  readonly attempts: readonly { readonly kind: string }[];
}

/** How the attempts of all cells ended, by folder. */
const attempts = (root: string): ReadonlyMap<string, readonly string[]> => {
  const cells = join(root, "ablations", "cluster", "cells");
  const files = readdirSync(cells, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("cell.json"));
  return new Map(
    files.map((path) => {
      const read: Attempted = JSON.parse(readFileSync(join(cells, path), "utf8"));
      return [path, read.attempts.map(({ kind }) => kind)];
    }),
  );
};

describe("aide ablate --launcher slurm", { timeout: 300_000 }, () => {
  it("makes 40 cells in arrays, though a node is drained and a job is cancelled, and reports all of them", async () => {
    const root = freshFolder();
    writePlan(root, 10);
    const ablating = start(["ablate", "cluster.yaml"], root, cluster.variables);
    const running = await jobs("RUNNING", 4);
    await cluster.ask("scontrol", "update", "NodeName=node1", "State=DRAIN", "Reason=test");
    await cluster.ask("scancel", ...running.slice(0, 1));
    const [waiting = ""] = await jobsIn("PENDING");
    await cluster.ask("scancel", waiting);
    while ((await cluster.ask("sinfo", "-h", "-n", "node1", "-o", "%T")) !== "drained") await sleep(200);
    expect((await jobsIn("RUNNING")).length).toBeLessThanOrEqual(2);
    await cluster.ask("scontrol", "update", "NodeName=node1", "State=RESUME");
    const { code, out, err } = await ablating.ended;
    expect(code).toBe(0);
    expect(out).toContain("cluster: 2 arms, 2 tasks, 10 seeds");
    expect(out).toMatch(/^broken +0\.000 .* 0 of 20 +0$/m);
    expect(out).toMatch(/^works +1\.000 .* 0 of 20 +0$/m);
    expect(err).toMatch(/^slurm {4}4 jobs running, \d+ waiting/m);
    const launch = readdirSync(join(root, "ablations", "cluster", "launch"));
    // 40 in arrays of 16, and what was cancelled once more.
    expect(launch.filter((file) => file.endsWith(".numbers")).length).toBeGreaterThanOrEqual(4);
    const made = attempts(root);
    expect(made.size).toBe(40);
    for (const [path, endings] of made)
      expect(
        endings.filter((kind) => kind !== "stopped"),
        path,
      ).toEqual(["finished"]);
  });

  it("a job that is warned of its end stops its cell, and the cell is continued in another job", async () => {
    const root = freshFolder();
    writePlan(root, 1, `import time\ntime.sleep(4)\n${good}`);
    const ablating = start(["ablate", "cluster.yaml"], root, cluster.variables);
    await jobs("RUNNING", 4);
    const cells = join(root, "ablations/cluster/cells");
    while (!["one", "two"].every((task) => existsSync(join(cells, task, "works/seed-0/events.jsonl")))) await sleep(20);
    const [array = ""] = (await jobs("RUNNING", 1)).map((job) => job.replace(/_.*/, ""));
    await cluster.ask("scancel", "--signal=USR1", "--batch", array);
    // Slurm lets two minutes pass before a job that was queued again may start.
    const again = async (): Promise<readonly string[]> =>
      (await cluster.ask("squeue", "-h", "-r", "--me", "-o", "%i %r"))
        .split("\n")
        .filter((line) => line.endsWith("BeginTime"));
    while ((await again()).length < 2) await sleep(100);
    for (const job of await again())
      await cluster.ask("scontrol", "update", `JobId=${job.split(" ")[0]}`, "StartTime=now");
    const { code, out } = await ablating.ended;
    expect(code).toBe(0);
    expect(out).toMatch(/^works +1\.000 .* 0 of 2 +0$/m);
    const made = attempts(root);
    for (const task of ["one", "two"])
      expect(made.get(join(task, "works/seed-0/cell.json"))).toEqual(["stopped", "finished"]);
  });

  it("Ctrl-C cancels the jobs; the same command goes on", async () => {
    const root = freshFolder();
    writePlan(root, 2);
    const ablating = start(["ablate", "cluster.yaml"], root, cluster.variables);
    await jobs("RUNNING", 2);
    ablating.kill("SIGINT");
    const stopped = await ablating.ended;
    expect(stopped.err).not.toContain("AIDE_");
    expect(stopped.code).toBe(130);
    expect(await jobsIn("RUNNING,PENDING")).toEqual([]);
    const { code, out } = await aide(["ablate", "cluster.yaml"], root, cluster.variables);
    expect(code).toBe(0);
    expect(out).toMatch(/^works +1\.000 .* 0 of 4 +0$/m);
  });

  it("a launcher that is killed leaves its jobs, and the next one waits for them", async () => {
    const root = freshFolder();
    writePlan(root, 3);
    const ablating = start(["ablate", "cluster.yaml"], root, cluster.variables);
    await jobs("RUNNING", 2);
    ablating.kill("SIGKILL");
    await ablating.ended;
    const { code, out, err } = await aide(["ablate", "cluster.yaml"], root, cluster.variables);
    expect(err).toMatch(/^slurm {4}\d+ runs are under way from before$/m);
    expect(code).toBe(0);
    expect(out).toMatch(/^works +1\.000 .* 0 of 6 +0$/m);
    for (const endings of attempts(root).values()) expect(endings).toEqual(["finished"]);
  });
});
