import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { shortDigest, type Journal } from "@aide-ts/core";
import { freeze, renderPool, type FinishedRun } from "@aide-ts/pool";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import type { Shell } from "../shell.ts";
import { findRun, inRun, readRecord, readRun, type RunRecord } from "@aide-ts/run/record";
import { counted } from "@aide-ts/run/report";

/** `aide pool freeze`: keeps what runs of one task found, with what their scripts submitted. */
export const freezeRuns = async (
  shell: Shell,
  { out = "pool.json" }: { readonly out: string | undefined },
  ...names: readonly string[]
): Promise<number> => {
  const wanted = names.length === 0 ? [undefined] : names;
  const folders = await Promise.all(wanted.map((name) => findRun(name, shell.cwd)));
  const runs: FinishedRun[] = [];
  for (const logs of new Set(folders)) {
    const { ended, ...run } = await finishedRun(logs);
    if (!ended) shell.err(`note     ${run.name} has not ended: it is frozen as far as its log goes.`);
    runs.push(run);
  }
  if (new Set(runs.map(({ rows }) => rows)).size > 1)
    shell.err("note     The runs held back different rows, as their seeds say: what they submitted is left out.");
  const pool = freeze(runs);
  await writeFileAtomic(resolve(shell.cwd, out), renderPool(pool));
  const count = (holds: (node: (typeof pool.nodes)[number]) => boolean) => pool.nodes.filter(holds).length;
  shell.out(
    `${out}   ${counted(pool.nodes.length, "solution")} of ${counted(runs.length, "run")}, ${count(({ operator }) => operator === "draft")} of them drafts, ${count(({ seen }) => seen.valid)} valid, ${count(({ predictions }) => predictions !== undefined)} with what they submitted`,
  );
  return 0;
};

const finishedRun = async (logs: string): Promise<FinishedRun & { readonly ended: boolean }> => {
  const record = await readRecord(logs);
  const { journal, events, ended } = await readRun(logs);
  const submissions = await submissionsIn(inRun(logs, record.workspace), journal);
  return {
    name: basename(logs),
    model: modelIn(record),
    seed: record.seed,
    config: record.setup,
    // The split follows from task and seed.
    rows: shortDigest({ seed: record.seed, holdout: record.settings["holdout"] ?? null }),
    journal,
    events,
    isGiven: record.first !== "",
    submissionOf: ({ id }) => submissions.get(id),
    ended,
  };
};

const models = z.looseObject({ code: z.looseObject({ model: z.string() }) });

const modelIn = (record: RunRecord): string => models.safeParse(record.models).data?.code.model ?? "unknown";

/** What scripts submitted, by execution; nothing where the workspace was cleaned, or is kept otherwise than on this machine. */
const submissionsIn = async (workspace: string, { solutions }: Journal): Promise<ReadonlyMap<string, string>> => {
  const read = new Map<string, string>();
  for (const { execution, evaluation } of solutions) {
    const path = execution?.artifacts.find((artifact) => /(^|\/)submission\.csv$/.test(artifact));
    if (execution === undefined || path === undefined || !evaluation.valid) continue;
    const text = await readFile(join(workspace, "executions", execution.id, path), "utf8").catch(() => undefined);
    if (text !== undefined) read.set(execution.id, text);
  }
  return read;
};
