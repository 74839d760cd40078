import { existsSync } from "node:fs";
import { join } from "node:path";
import { coderCallsOf, stepCalls, type OpenedTask } from "@aide-ts/run";
import { readRun } from "@aide-ts/run/record";
import { alignedTable } from "@aide-ts/run/report";
import { cellsOf } from "../cells/cells.ts";
import { readSettled } from "../cells/cell-record.ts";
import type { Plan } from "../plan/plan.ts";

type Opened = Pick<OpenedTask, "config" | "plugins">;

/** More arms make no table that a terminal can show. */
const mostColumns = 8;

/** Tasks by arms: how many cells each has, and how many of them were made before. */
export const cellTable = async (plan: Plan, root: string): Promise<readonly string[]> => {
  const cells = cellsOf(plan);
  const made = new Set<string>();
  for (const { folder } of cells) {
    if ((await readSettled(join(root, folder), plan.retries)) !== undefined) made.add(folder);
  }
  const shown = (task: string, arm?: string): string => {
    const some = cells.filter((cell) => cell.task.name === task && (arm === undefined || cell.arm.name === arm));
    const done = some.filter(({ folder }) => made.has(folder)).length;
    return done === 0 ? String(some.length) : `${some.length} (${done} made)`;
  };
  if (plan.arms.length > mostColumns)
    return alignedTable([["task", "cells"], ...plan.tasks.map(({ name }) => [name, shown(name)])]);
  return alignedTable([
    ["cells", ...plan.arms.map(({ name }) => name)],
    ...plan.tasks.map(({ name }) => [name, ...plan.arms.map((arm) => shown(name, arm.name))]),
  ]);
};

/**
 * What a cell of each arm takes, at least and at most, as far as its config bounds it.
 * @param opened the arms in their order
 */
export const costTable = (plan: Plan, opened: readonly Opened[]): readonly string[] => {
  const cells = plan.tasks.length * plan.seeds.length;
  const costs = opened.map(costOfCell);
  return [
    ...alignedTable([
      ["a cell's", "steps", "calls", "generated tokens", "cost"],
      ...costs.map(({ steps, calls, tokens, money }, at) => [
        plan.arms[at]?.name ?? "",
        `≤ ${steps}`,
        range(calls),
        range(tokens),
        calls[1] === 0 ? "none" : money === undefined ? "no price is known" : `≤ ${money.toPrecision(3)}`,
      ]),
    ]),
    `in all   ${range([sum(costs.map(({ tokens }) => tokens[0])) * cells, sum(costs.map(({ tokens }) => tokens[1])) * cells])} generated tokens`,
  ];
};

/** How long the cells that are left will take, from those that were made: nothing where none was. */
export const timeLine = async (plan: Plan, root: string, jobs: number): Promise<string> => {
  const cells = cellsOf(plan);
  const seconds: number[] = [];
  for (const cell of cells) {
    if (!existsSync(join(root, cell.folder, "cell.json"))) continue;
    const { ended, events } = await readRun(join(root, cell.folder), { brief: true });
    const last = events.at(-1);
    if (ended && last !== undefined) seconds.push(last.at / 1000);
  }
  if (seconds.length === 0)
    return "time     unknown before the first cells are made; this command then says how long the others will take";
  const mean = sum(seconds) / seconds.length;
  const left = cells.length - seconds.length;
  return `time     ${Math.round(mean)} s a cell, of the ${seconds.length} that were made; ${((left * mean) / jobs / 3600).toFixed(1)} h for the other ${left}, ${jobs} at a time`;
};

const costOfCell = ({ config, plugins }: Opened) => {
  const { budget, coder, sampling, prices, backend } = config;
  const [fewest, most] = stepCalls(plugins.strategies, "draft", coderCallsOf(coder));
  const { steps, tokens, cost } = budget;
  const limit = Math.min(tokens?.total ?? Infinity, tokens?.answer ?? Infinity);
  const price = prices[String(backend.options["model"])];
  const bySteps = steps * most * sampling.maxTokens;
  const mostTokens = Math.min(limit, bySteps);
  return {
    steps,
    calls: [Math.min(1, fewest), steps * most] as const,
    // A call starts only if all that it may use fits; the shortest answers have a token each.
    tokens: [Math.min(steps * fewest, Math.max(0, limit - sampling.maxTokens)), mostTokens] as const,
    money:
      cost ??
      (price === undefined || tokens?.total === undefined
        ? undefined
        : (tokens.total * Math.max(price.prompt, price.answer)) / 1e6),
  };
};

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

const range = ([least, most]: readonly [number, number]): string => {
  const [from, to] = [least, most].map((end) => end.toLocaleString("en"));
  if (!Number.isFinite(most)) return `≥ ${from}`;
  return least === most ? `${from}` : `${from} to ${to}`;
};
