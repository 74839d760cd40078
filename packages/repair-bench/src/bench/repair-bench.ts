import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Use } from "@aide-ts/core";
import type { RepairCase } from "../repair-case.ts";
import type { Row } from "../row.ts";
import { AnsweredOnce } from "./answered-once.ts";
import type { Arms } from "./arms.ts";
import { prepareBenchTask, type BenchPlace, type BenchTask } from "./bench-task.ts";
import { repairCell } from "./repair-cell.ts";
import { Rows } from "./rows.ts";

/** `out`: where rows, logs and workspaces go; rows that it holds are not made again. */
export interface RepairBench extends Omit<BenchPlace, "armsSource"> {
  readonly cases: readonly RepairCase[];
  readonly arms: Arms;
}

/** A model server that fails so often in a row is not there. */
const failuresInARow = 3;

/**
 * Works through every arm on every draft, task by task, and gives all rows; `slots` of the config are drafts at a time. A benchmark that was stopped goes on
 * where it was; a cell that failed has no row, not even an older one, so that it is made the next time. Rejects with the failure of a third cell in a row.
 */
export const runRepairBench = async (bench: RepairBench): Promise<readonly Row[]> => {
  const { arms, cases, out, signal } = bench;
  const made = { rows: await Rows.open(join(out, "rows.jsonl")), failedInARow: 0 };
  for (const folder of new Set(cases.map(({ task }) => task.data_dir))) {
    const ofTask = cases.filter(({ task }) => task.data_dir === folder);
    const [first] = ofTask;
    if (first === undefined) continue;
    await using task = await prepareBenchTask({ ...bench, armsSource: arms.source }, first.task);
    await atATime(task.slots, ofTask, signal, (frozen, either) => onDraft(bench, task, frozen, made, either));
  }
  return made.rows.of(cases, arms.arms);
};

interface Made {
  readonly rows: Rows;
  failedInARow: number;
}

/** All arms on one draft, in their order: some go by what an earlier one has used. */
const onDraft = async (
  { arms: { arms }, cases, out, notify }: RepairBench,
  task: BenchTask,
  frozen: RepairCase,
  made: Made,
  signal: AbortSignal,
): Promise<void> => {
  const answers = new AnsweredOnce();
  const folder = join(out, "cells", frozen.name);
  await mkdir(folder, { recursive: true });
  for (const [at, { name, strategies }] of arms.entries()) {
    const chain = strategies.map((use) => completed(use, frozen, made.rows));
    const { setup, ...context } = await task.contextFor(frozen, name, chain);
    if (made.rows.has(frozen.name, name, setup)) continue;
    made.rows.drop(frozen.name, name);
    const place = `${cases.indexOf(frozen) * arms.length + at + 1}/${cases.length * arms.length}`;
    const backend = (role: string) => answers.around(task.backend(role));
    try {
      const one = await repairCell(frozen, name, setup, join(folder, `${name}.jsonl`), { ...context, backend, signal });
      await made.rows.add(one);
      made.failedInARow = 0;
      notify(`${place} ${progress(one)}`);
    } catch (error) {
      made.failedInARow += 1;
      if (signal.aborted || made.failedInARow >= failuresInARow || !(error instanceof Error)) throw error;
      notify(`${place} ${frozen.name.padEnd(18)} ${name.padEnd(22)} failed: ${error.message}`);
    }
  }
};

/** Works on so many at a time. The first failure stops the others, and is thrown when they have ended. */
const atATime = async <T>(
  most: number,
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const halt = new AbortController();
  const either = AbortSignal.any([signal, halt.signal]);
  const left = items.values();
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    try {
      for (const item of left) {
        either.throwIfAborted();
        await work(item, either);
      }
    } catch (error) {
      failure ??= { error };
      halt.abort();
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  if (failure !== undefined) throw failure.error;
};

/** What is known only here: the fix for the oracle, and what reflection has used on the same draft for whoever samples again instead. */
const completed = (use: Use, { name, code, fix }: RepairCase, rows: Rows): Use => {
  if (use.use === "oracle-critique" && fix !== undefined)
    return { ...use, options: { ...use.options, known: [{ code, fix }] } };
  const reflected = rows.find(name, "reflection")?.tokens;
  return use.use === "resample" && use.options["tokens"] === undefined && reflected !== undefined && reflected > 0
    ? { ...use, options: { ...use.options, tokens: reflected } }
    : use;
};

const progress = ({ case: name, arm, outcome, noted, seconds, tokens }: Row): string =>
  `${name.padEnd(18)} ${arm.padEnd(22)} ${outcome}${noted === undefined ? "" : ` (${noted})`}, ${tokens} tokens, ${seconds.toFixed(0)} s`;
