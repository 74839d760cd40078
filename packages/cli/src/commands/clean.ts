import { rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Shell } from "../shell.ts";
import { findRun, inRun, listRuns, readRecord, readRun } from "@aide-ts/run/record";

/** `aide clean`: removes the workspaces of runs that have ended; what a run found stays in its log folder. */
export const clean = async ({ cwd, out }: Shell, _flags: object, wanted: string | undefined): Promise<number> => {
  const base = resolve(cwd, "logs");
  const folders =
    wanted === undefined ? (await listRuns(base)).map((name) => join(base, name)) : [await findRun(wanted, cwd)];
  let removed = 0;
  for (const logs of folders) {
    const found = await readRun(logs).catch(() => undefined);
    if (found?.ended !== true && wanted === undefined) continue;
    const workspace = inRun(logs, (await readRecord(logs)).workspace);
    if (
      !(await stat(workspace).then(
        () => true,
        () => false,
      ))
    )
      continue;
    await rm(workspace, { recursive: true, force: true });
    out(`removed the workspace of ${basename(logs)}`);
    removed++;
  }
  if (removed === 0) out("Nothing to remove.");
  return 0;
};
