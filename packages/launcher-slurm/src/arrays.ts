import type { LaunchedRun } from "@aide-ts/plugin";
import { resourcesOf, type Resources, type SlurmOptions } from "./options.ts";

/** A job array to be submitted. */
export interface JobArray {
  readonly resources: Resources;
  /** Of each job the numbers of its runs. */
  readonly jobs: readonly (readonly number[])[];
}

/**
 * Runs as arrays of jobs with the same resources, none with more jobs than Slurm takes. Order is kept within the runs of the same resources.
 * @param most `MaxArraySize`
 */
export const arraysOf = (runs: readonly LaunchedRun[], options: SlurmOptions, most: number): readonly JobArray[] => {
  const groups = Map.groupBy(runs, ({ arm }) => JSON.stringify(resourcesOf(options, arm)));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const jobs = chunks(
      group.map(({ number }) => number),
      options.runsPerJob,
    );
    return chunks(jobs, most).map((some) => ({ resources: resourcesOf(options, first.arm), jobs: some }));
  });
};

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
