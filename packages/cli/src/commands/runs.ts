import { join, resolve } from "node:path";
import type { Shell } from "../shell.ts";
import { listRuns, readRun } from "@aide-ts/run/record";
import { counted, shownScore } from "@aide-ts/run/report";

/** `aide runs`: a line for each run, oldest first. */
export const runs = async ({ cwd, out }: Shell, _flags: object, folder = "logs"): Promise<number> => {
  const base = resolve(cwd, folder);
  const names = await listRuns(base);
  if (names.length === 0) out(`No runs in ${folder}.`);
  for (const name of names) {
    const found = await readRun(join(base, name)).catch(() => undefined);
    if (found === undefined) {
      out(`${name}   did not begin`);
      continue;
    }
    const { best, solutions, task } = found.journal;
    const score = best?.evaluation.valid === true ? best.evaluation.score.value : undefined;
    const result = score === undefined ? "none valid" : `${task.metric} ${shownScore(score)}`;
    out(`${name}   ${counted(solutions.length, "solution")}   ${result}   ${found.ended ? "ended" : "open"}`);
  }
  return 0;
};
