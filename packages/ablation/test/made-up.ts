import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Builtins } from "@aide-ts/core";
import { AideError, definePlugin } from "@aide-ts/plugin";
import { Secrets, type RunHost } from "@aide-ts/run/host";
import { ScriptedBackend } from "@aide-ts/testing";
import { z } from "zod";
import { cellsOf, type Cell, type MakeOptions, type Plan } from "../src/index.ts";

const script = `import csv
from statistics import linear_regression
train, test = [list(csv.DictReader(open(f"./input/{name}.csv"))) for name in ("train", "test")]
line = linear_regression([float(row["x"]) for row in train], [float(row["y"]) for row in train])
with open("./submission/submission.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["id", "y"])
    writer.writerows([row["id"], line.slope * float(row["x"]) + line.intercept] for row in test)
`;

/** How many answers each scripted model was asked for, over all hosts. */
export const asked = { count: 0 };

const scripted = (fails: () => boolean) =>
  definePlugin({
    kind: "backend",
    name: "scripted",
    options: z.object({ model: z.string().optional() }),
    create: () =>
      new ScriptedBackend({
        reply: () => {
          asked.count += 1;
          if (fails())
            throw new AideError({
              code: "AIDE_BACKEND_UNREACHABLE",
              message: "Nobody answers.",
              fix: "Start the server.",
              fault: "backend",
            });
          return `\`\`\`python\n${script}# answer ${asked.count}\n\`\`\``;
        },
      }),
  });

export const temporary = (): string => mkdtempSync(join(tmpdir(), "aide-ablation-"));

export const writeData = (folder: string): void => {
  mkdirSync(join(folder, "data"), { recursive: true });
  const rows = (from: number, count: number, labelled: boolean) =>
    Array.from({ length: count }, (_, at) => `${from + at},${at % 7}${labelled ? `,${(at % 7) * 3 + 1}` : ""}\n`);
  writeFileSync(join(folder, "data", "train.csv"), `id,x,y\n${rows(0, 80, true).join("")}`);
  writeFileSync(join(folder, "data", "test.csv"), `id,x\n${rows(500, 10, false).join("")}`);
};

const noShorthand = (): never => {
  throw new Error("every plugin here is named");
};

const hostIn = (cwd: string, fails: () => boolean = () => false): RunHost => {
  const builtins: Builtins = new Map<string, () => Promise<unknown>>([
    ["backend:scripted", async () => ({ default: scripted(fails) })],
    ["executor:local", () => import("@aide-ts/executor-local")],
    ["search:greedy", () => import("@aide-ts/strategy-tree")],
    ["strategy:reflection", () => import("@aide-ts/strategy-reflection")],
    ["evaluator:held-out", () => import("@aide-ts/evaluation")],
  ]);
  return {
    cwd,
    env: { HOME: homedir(), PATH: process.env["PATH"] ?? "", XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? "" },
    secrets: new Secrets(),
    builtins,
    shorthands: { backendFor: noShorthand, chainFor: noShorthand, planner: "planner" },
  };
};

/** An ablation of a task of its own, on a model that answers at once. */
export const planOf = (folder: string, rest: Partial<Plan> = {}): Plan => ({
  name: "small",
  base: {
    backend: { use: "scripted" },
    evaluators: ["held-out"],
    strategies: [],
    rehearse: false,
    refit: false,
    budget: { steps: 2 },
  },
  tasks: [{ name: "line", values: { data_dir: join(folder, "data"), goal: "Predict y", eval: "RMSE" } }],
  seeds: [0, 1],
  arms: [
    { name: "baseline", change: {} },
    { name: "reflection", change: { strategies: [{ use: "reflection" }] } },
  ],
  contrasts: [{ name: "reflection − baseline", coefficients: [-1, 1] }],
  outcome: "search-score",
  tokens: "generated",
  drafts: "shared",
  sequential: undefined,
  power: { effect: 0.1, betweenTasks: 0.05, shared: 0.1, cell: 0.2 },
  alpha: 0.05,
  retries: 2,
  ...rest,
});

/** For cells of a plan in `<folder>/ablation`, which nobody watches. */
export const optionsOf = (folder: string, plan: Plan, fails?: () => boolean): MakeOptions => ({
  plan,
  root: join(folder, "ablation"),
  file: join(folder, "small.yaml"),
  host: hostIn(folder, fails),
  observe: () => undefined,
  notify: () => undefined,
  signal: new AbortController().signal,
});

export const cellIn = ({ plan }: MakeOptions, arm: string, seed = 0): Cell =>
  cellsOf(plan).find((one) => one.arm.name === arm && one.seed === seed)!;

export const logOf = (
  { root }: MakeOptions,
  { folder }: Cell,
): readonly { type: string; place?: string; setup?: string; value?: { text?: string } }[] =>
  readFileSync(join(root, folder, "events.jsonl"), "utf8")
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
