import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Launch, Launcher } from "@aide-ts/plugin";
import { beforeEach, describe, expect, it } from "vitest";
import { analyse, cellsOf, conduct, makeCells, type Conducting, type MakeOptions, type Plan } from "../../src/index.ts";
import { asked, optionsOf, planOf, temporary, writeData } from "../made-up.ts";

let folder: string;
const lines: string[] = [];

beforeEach(() => {
  folder = temporary();
  writeData(folder);
  asked.count = 0;
  lines.length = 0;
});

/** Makes cells in this process, as a worker does; `most` ends a launch after so many. */
class HereLauncher implements Launcher {
  readonly launches: Launch[] = [];
  readonly #options: MakeOptions;
  readonly #most: number;

  constructor(options: MakeOptions, most = Infinity) {
    this.#options = options;
    this.#most = most;
  }

  async launch(launch: Launch): Promise<void> {
    this.launches.push(launch);
    const all = cellsOf(this.#options.plan);
    await makeCells(
      launch.runs.slice(0, this.#most).map(({ number }) => all[number]!),
      this.#options,
      () => undefined,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

const conducting = (
  plan: Plan,
  most?: number,
  fails?: () => boolean,
): Conducting & { readonly launcher: HereLauncher } => {
  const options = optionsOf(folder, plan, fails);
  const { root, signal } = options;
  return {
    plan,
    root,
    launcher: new HereLauncher(options, most),
    command: () => Promise.resolve([]),
    launchFolder: join(root, "launch"),
    // Better by the number of the seed, so that nothing is ever shown.
    grade: async (folders) => {
      for (const run of folders) {
        const final = { valid: true, value: 1, useful: true, score: 0.5 + 0.01 * Number(run.at(-1)) };
        writeFileSync(join(run, "grades.json"), JSON.stringify({ final, solutions: [] }));
      }
    },
    notify: (line) => void lines.push(line),
    signal,
  };
};

describe("an ablation that is conducted", { timeout: 120_000 }, () => {
  it("has each cell made and graded once, whatever launches leave undone, and nothing again", async () => {
    const plan = planOf(folder, { outcome: "report-score" });
    const first = conducting(plan, 3);
    const outcomes = await conduct(first);
    expect(outcomes).toHaveLength(4);
    for (const { ending, grades } of outcomes) expect([ending?.kind, grades?.final.valid]).toEqual(["finished", true]);
    expect(first.launcher.launches.map(({ runs }) => runs.map(({ number }) => number))).toEqual([[0, 1, 2, 3], [3]]);
    const calls = asked.count;
    const again = conducting(plan);
    expect(analyse(plan, await conduct(again))).toEqual(analyse(plan, outcomes));
    expect(again.launcher.launches).toEqual([]);
    expect(asked.count).toBe(calls);
  });

  it("gives up where launches make nothing", async () => {
    const idle = conducting(planOf(folder), 0);
    await expect(conduct(idle)).rejects.toMatchObject({ code: "AIDE_ABLATION_STUCK" });
    expect(idle.launcher.launches).toHaveLength(3);
  });

  it("gives up after two launches in which the model server never answered, and takes it up again", async () => {
    const silent = conducting(planOf(folder), undefined, () => true);
    await expect(conduct(silent)).rejects.toMatchObject({
      code: "AIDE_ABLATION_FAILED",
      message: expect.stringContaining("Nobody answers."),
    });
    // A worker does not try its other cells on a server that is gone.
    expect(silent.launcher.launches).toHaveLength(2);
    const outcomes = await conduct(conducting(planOf(folder)));
    expect(outcomes.map(({ ending }) => ending?.kind)).toEqual(Array(4).fill("finished"));
  });

  it("looks after each block of seeds, and makes no more once nothing is open", async () => {
    const plan = planOf(folder, {
      seeds: [0, 1, 2, 3],
      outcome: "report-score",
      sequential: { shape: "obrien-fleming", futility: 0.5 },
    });
    const run = conducting(plan);
    const outcomes = await conduct(run);
    // One task is refused: no claim can be shown any more.
    expect(outcomes.map(({ seed }) => seed)).toEqual([0, 0]);
    expect(lines).toEqual(["look 1 of 4: reflection − baseline will hardly be shown"]);
  });
});
