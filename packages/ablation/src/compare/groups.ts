import { basename } from "node:path";
import { findRecordedRuns, readRun, taskNameIn } from "@aide-ts/run/record";
import { readCellRecord } from "../cells/cell-record.ts";
import { groupsTooFew } from "../errors.ts";
import { readGrades } from "../outcomes/grades.ts";
import { outcomeOf, type CellOutcome } from "../outcomes/read-outcome.ts";

/** Runs that are compared with others. */
export interface Group {
  readonly name: string;
  /** `arm` is the group's name, and `seed` counts what has the same task and seed further. */
  readonly outcomes: readonly CellOutcome[];
}

/**
 * The runs that each word names, a group for each: a run, or all below a folder. Those of one ablation's folder are a group for each arm.
 * @throws AIDE_COMPARE_GROUPS where there are not two; AIDE_RUN_NOT_FOUND, what reading runs throws
 */
export const readGroups = async (words: readonly string[], cwd: string): Promise<readonly Group[]> => {
  const groups = new Map<string, readonly CellOutcome[]>();
  for (const word of words) {
    const runs = await Promise.all((await findRecordedRuns([word], cwd)).map(({ folder }) => readComparedRun(folder)));
    const byArm = Map.groupBy(runs, ({ arm }) => arm);
    for (const [arm, some] of byArm) groups.set(byArm.size > 1 ? `${word}: ${arm}` : word, some);
  }
  if (groups.size < 2) throw groupsTooFew(groups.size);
  return [...groups].map(([name, runs]) => ({ name, outcomes: numbered(name, runs) }));
};

/** A run that is no cell of an ablation ended as its log says. */
const readComparedRun = async (folder: string): Promise<CellOutcome> => {
  const run = await readRun(folder, { brief: true });
  const record = await readCellRecord(folder);
  const names = {
    task: record?.task ?? taskNameIn(run.record) ?? basename(run.record.data),
    arm: record?.arm ?? "",
    seed: run.record.seed,
    folder,
  };
  const outcome = outcomeOf(names, { attempts: record?.attempts ?? [], grades: readGrades(folder), run });
  const ending = run.ended ? ({ kind: "finished", reason: "steps", message: "" } as const) : undefined;
  return { ...outcome, ending: outcome.ending ?? ending };
};

/** Seeds apart from one another where a task was run with one several times, so that none takes the place of another. */
const numbered = (arm: string, runs: readonly CellOutcome[]): readonly CellOutcome[] => {
  const times = new Map<string, number>();
  return runs.map((run) => {
    const key = `${run.task}\n${run.seed}`;
    const time = times.get(key) ?? 0;
    times.set(key, time + 1);
    return { ...run, arm, seed: run.seed + time * apart };
  });
};

/** No seed of one's own is as large. */
const apart = 2 ** 40;
