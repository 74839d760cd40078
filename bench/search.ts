// Searches at 100,000 nodes: what an ask with its tell costs, beside the goal and beside treequest on as many nodes as it makes in a minute.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@aide-ts/core";
import type { JournalView, Plugin, Solution, Task } from "@aide-ts/plugin";
import { abMcts, beam, bestFirst, evolutionary, greedy, repeatedSampling, uct } from "@aide-ts/strategy-tree";
import { median, report } from "./report.ts";

const nodeCount = Number(process.env["NODES"] ?? 100_000);
const lastAsks = 1000;
const rounds = Number(process.env["ROUNDS"] ?? 5);
const seconds = 60 / rounds;
/** Microseconds of the median ask with its tell. */
const goals: Readonly<Record<string, number>> = { greedy: 50, uct: 50, "ab-mcts": 500, "ab-mcts-beta": 500 };
/** treequest's search of the same kind. */
const peers: Readonly<Record<string, string>> = { uct: "StandardMCTS", "ab-mcts": "ABMCTSA" };

const task: Task = { goal: "predict", metric: "accuracy", direction: "maximize" };

/** A walk: a child scores about as its parent; one script in four fails. */
const timesOf = <O>(plugin: Plugin<"search", O>, options: O, seed: number, nodes: number): readonly number[] => {
  const search = plugin.create(options, undefined);
  const random = seededRandom("bench", seed);
  const scores = new Map<string, number>();
  const view: JournalView = { task, outcomes: [], pending: [], solution: () => undefined };
  const times: number[] = [];
  for (let number = 0; number < nodes; number++) {
    const began = performance.now();
    const ask = search.ask(view, number, random);
    const asked = performance.now() - began;
    if (ask.kind !== "propose") throw new Error(`${plugin.name} says ${ask.kind} after ${number} proposals`);
    const { proposal } = ask;
    const id = `${number}-0`;
    const value = Math.min(1, Math.max(0, (scores.get(proposal.parents[0] ?? "") ?? 0.5) + 0.2 * (random() - 0.5)));
    scores.set(id, value);
    const score = { value, source: "held-out" as const };
    const chosen: Solution = {
      id,
      proposal: number,
      parents: proposal.parents,
      candidate: { plan: "", code: `x = ${number}` },
      evaluation:
        random() < 0.75
          ? { valid: true, score, scores: [score], feedback: "" }
          : { valid: false, cause: "exception", scores: [], feedback: "" },
    };
    const telling = performance.now();
    search.tell({ number, proposal, solutions: [chosen], chosen, notes: {} });
    times.push((asked + performance.now() - telling) * 1000);
  }
  return times;
};

const optionsOf = async <O>({ options }: Plugin<"search", O>, given: Record<string, unknown>): Promise<O> => {
  const checked = await options["~standard"].validate(given);
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
};

const python = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide/live/treequest/bin/python");
const script = fileURLToPath(new URL("../packages/strategy-tree/test/treequest/run.py", import.meta.url));
const treequestTimes = (algorithm: string): readonly number[] =>
  JSON.parse(
    execFileSync(python, [script, "times", algorithm, String(seconds)], { encoding: "utf8", maxBuffer: 2 ** 28 }),
  );

const last = (times: readonly number[]): readonly number[] => times.slice(-lastAsks);
const p99 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;

const bench = async <O>(
  plugin: Plugin<"search", O>,
  given: Record<string, unknown> = {},
  name: string = plugin.name,
): Promise<void> => {
  const options = await optionsOf(plugin, given);
  const beside = peers[name];
  const [ours, worst, oursThen, theirs]: number[][] = [[], [], [], []];
  let nodes = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const times = timesOf(plugin, options, round, nodeCount);
    ours?.push(median(last(times)));
    worst?.push(p99(last(times)));
    if (beside === undefined || !existsSync(python)) continue;
    const other = treequestTimes(beside);
    nodes = Math.min(nodes, other.length);
    theirs?.push(median(last(other)));
    oursThen?.push(median(last(times.slice(0, other.length))));
  }
  console.log(
    `${name}: at ${nodeCount} nodes median ${median(ours ?? []).toFixed(1)} µs, p99 ${median(worst ?? []).toFixed(1)} µs`,
  );
  const shared = { rounds: rounds, unit: "µs" };
  const goal = goals[name];
  if (goal !== undefined)
    report({ name: `search-${name}`, ours: median(ours ?? []), beside: goal, goal: 1, ...shared });
  if (beside === undefined) return;
  if (existsSync(python))
    report({
      name: `search-${name}-at-${nodes}-beside-${beside}`,
      ours: median(oursThen ?? []),
      beside: median(theirs ?? []),
      goal: 1,
      ...shared,
    });
  else console.log(`${name}: treequest is not installed; run packages/strategy-tree/test/treequest/install.sh`);
};

await bench(repeatedSampling);
await bench(beam, { width: 100, children: 10, levels: 1000 });
await bench(evolutionary);
await bench(bestFirst);
await bench(greedy);
await bench(uct);
await bench(abMcts);
await bench(abMcts, { prior: "beta" }, "ab-mcts-beta");
