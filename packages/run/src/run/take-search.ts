import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RunHost } from "../host/run-host.ts";
import type { RunFolders } from "../record/folders.ts";
import { readEvents } from "../record/read-events.ts";
import { inRun, readRecord } from "../record/record.ts";
import { copyEvents, copyFolder, copyPredictions } from "./copy-past.ts";

/**
 * Gives a run that is about to begin the whole search of a finished one, of which it differs in nothing but how it ends: the log, what solutions answered for rows
 * held back, and what their scripts left. The run then continues from there, and asks no model.
 * @param logs of the finished run
 * @throws AIDE_RUN_UNREADABLE
 */
export const takeSearch = async (
  logs: string,
  folders: Pick<RunFolders, "logs" | "workspace">,
  { secrets }: Pick<RunHost, "secrets">,
): Promise<void> => {
  const workspace = inRun(logs, (await readRecord(logs)).workspace);
  await copyPredictions(logs, folders.logs);
  await copyFolder(join(workspace, "executions"), join(folders.workspace, "executions"));
  const file = join(folders.logs, "events.jsonl");
  // A run has its search whole or not at all, whenever this process is killed.
  const part = `${file}.part`;
  await rm(part, { force: true });
  const past = readEvents(logs).filter(({ type }) => type !== "run-closed");
  copyEvents(part, past, secrets.mask);
  await rename(part, file);
};
