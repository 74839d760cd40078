import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { runTrajectory } from "../atif/run-trajectory.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import { writeAt } from "./write-at.ts";

/**
 * Writes a JSON document of each run into a folder, under the run's name.
 * @returns how many
 * @throws AIDE_EXPORT_UNWRITABLE
 */
export const exportDocuments = async (runs: AsyncIterable<RecordedRun>, folder: string): Promise<number> => {
  let written = 0;
  for await (const run of runs) {
    const path = join(folder, `${run.name}.json`);
    const text = `${JSON.stringify(runTrajectory(run), null, 1)}\n`;
    await writeAt(path, () => writeFileAtomic(path, text));
    written++;
  }
  return written;
};
