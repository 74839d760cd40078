import { join, resolve } from "node:path";
import type { Shell } from "../command-line.ts";
import { listRuns } from "../run/folders.ts";
import { readJournal } from "../run/read-journal.ts";

/** `aide runs [log folder]`: a line for each run, oldest first. */
export const runs = async ([folder = "logs"]: readonly string[], { cwd, out }: Shell): Promise<number> => {
  const base = resolve(cwd, folder);
  const names = await listRuns(base);
  if (names.length === 0) out(`No runs in ${folder}.`);
  for (const name of names) {
    const journal = await readJournal(join(base, name)).catch(() => undefined);
    if (journal === undefined) {
      out(`${name}   did not begin`);
      continue;
    }
    const { best, solutions, ended, metric } = journal;
    const score =
      best === undefined ? "none valid" : `${metric} ${Number((best.metric.value ?? Number.NaN).toPrecision(5))}`;
    out(`${name}   ${solutions.length} solutions   ${score}   ${ended ? "ended" : "open"}`);
  }
  return 0;
};
