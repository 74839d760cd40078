import { fork } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cellsOf, freezePlan, readPlan } from "@aide-ts/ablation";
import { median, sum } from "./report.ts";

const program = fileURLToPath(new URL("./ablation-cells.ts", import.meta.url));

const processes = 2;
const turns = Number(process.env["TURNS"] ?? 10);
const steps = 20;
const written = {
  tasks: 10,
  seeds: 50,
  arms: { one: {}, other: { search: { use: "greedy", drafts: 3 } } },
};

/** Milliseconds of a process for each cell. */
export interface Overhead {
  readonly cells: number;
  readonly made: number;
  readonly alone: number;
  /** The middle one of the differences of all turns, and all of them. */
  readonly more: number;
  readonly differences: readonly number[];
}

/** What an ablation adds to its runs: cells are made by two processes, and the same runs without an ablation by the same, in turns. */
export const measureOverhead = async (root: string): Promise<Overhead> => {
  const plan = await writePlan(root);
  const count = cellsOf(plan).length;
  const children = Array.from({ length: processes }, (_, at) => startProcess(root, at));
  await Promise.all(children.map(({ answer }) => answer()));
  const turn = async (kind: "cells" | "bare", numbers: readonly number[]): Promise<number> => {
    const times = children.map(({ ask }) => ask(`${kind} ${numbers.join(" ")}`));
    return sum(await Promise.all(times)) / numbers.length;
  };
  const [made, alone]: [number[], number[]] = [[], []];
  for (let at = 0; at < turns; at += 1) {
    const [from, to] = [Math.round((count * at) / turns), Math.round((count * (at + 1)) / turns)];
    const numbers = Array.from({ length: to - from }, (_, more) => from + more);
    const isAloneFirst = at % 2 === 0;
    if (isAloneFirst) alone.push(await turn("bare", numbers));
    made.push(await turn("cells", numbers));
    if (!isAloneFirst) alone.push(await turn("bare", numbers));
    console.log(`turn ${at + 1}: ${made.at(-1)?.toFixed(1)} ms a cell, ${alone.at(-1)?.toFixed(1)} ms a run alone`);
  }
  for (const { end } of children) end();
  const differences = made.map((ms, at) => ms - (alone[at] ?? Number.NaN));
  return { cells: count, made: median(made), alone: median(alone), more: median(differences), differences };
};

const writePlan = async (root: string) => {
  const file = join(root, "small.json");
  await mkdir(join(root, "data"), { recursive: true });
  await writeFile(join(root, "data", "words.md"), "Predict y.\n");
  const task = { data_dir: "./data", goal: "Predict y", eval: "RMSE", metric: "rmse", direction: "minimize" };
  const instant = { backend: "instant", executor: "instant", evaluators: ["instant"] };
  const base = { ...instant, strategies: [], rehearse: false, holdout: { required: false }, budget: { steps } };
  const tasks = Array.from({ length: written.tasks }, (_, at) => ({ name: `task-${at}`, ...task }));
  await writeFile(file, JSON.stringify({ ...written, base, tasks }));
  const at = new Date();
  return freezePlan(root, await readPlan(file), { file, version: "bench", at, mask: (text) => text });
};

/** One of the processes, which answers one question after the other with a number. */
const startProcess = (root: string, at: number) => {
  const child = fork(program, [root, String(at), String(processes)], { execArgv: ["--conditions=@aide-ts/source"] });
  let answered = Promise.withResolvers<number>();
  child.on("message", (message) => answered.resolve(Number(message)));
  child.on("exit", (code) => answered.reject(new Error(`A process that makes cells ended with ${code}.`)));
  const answer = async (): Promise<number> => {
    const number = await answered.promise;
    answered = Promise.withResolvers<number>();
    // Its end is no failure where nobody waits for an answer.
    answered.promise.catch(() => undefined);
    return number;
  };
  const ask = (question: string): Promise<number> => {
    child.send(question);
    return answer();
  };
  return { answer, ask, end: () => child.disconnect() };
};
