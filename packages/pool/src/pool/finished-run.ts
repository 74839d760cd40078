import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { shortDigest, type Journal } from "@aide-ts/core";
import { inRun, readRecord, readRun, type RunRecord } from "@aide-ts/run/record";
import { z } from "zod";
import type { FinishedRun } from "./freeze.ts";

/** What a run found, read from its folder, with what its scripts submitted; `ended`: its log says that it is done. */
export const finishedRun = async (logs: string): Promise<FinishedRun & { readonly ended: boolean }> => {
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
