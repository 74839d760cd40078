import { join } from "node:path";
import { z } from "zod";
import { readBeside } from "./read-beside.ts";

/** What a solution, or a run's last submission, is worth on report labels. */
export interface ReportScore {
  readonly value: number;
  /** Standard error, where it is known. */
  readonly error: number | undefined;
}

export interface ReportScores {
  readonly final: ReportScore | undefined;
  /** By a solution's id. */
  readonly solutions: ReadonlyMap<string, ReportScore>;
}

const score = z.number().nullable().optional();

/** Of a task's own labels, of MLE-bench with a leaderboard, and of MLE-bench without. */
const grade = z
  .looseObject({
    value: z.number().optional(),
    error: z.number().optional(),
    report: z.looseObject({ score }).optional(),
    scored: z.looseObject({ score }).optional(),
  })
  .transform(({ value, error, report, scored }): ReportScore | undefined => {
    const found = value ?? report?.score ?? scored?.score ?? undefined;
    return found === undefined ? undefined : { value: found, error };
  });

const grades = z.looseObject({
  final: grade,
  solutions: z.array(z.looseObject({ id: z.string(), grade })),
});

/**
 * From `grades.json`, which `aide grade` wrote after the run: without it nothing here tells a report score.
 * @throws AIDE_TRAJECTORY_FILE
 */
export const readReportScores = async (folder: string): Promise<ReportScores> => {
  const read = await readBeside(join(folder, "grades.json"), grades);
  return {
    final: read?.final,
    solutions: new Map(
      read?.solutions.flatMap(({ id, grade: given }) => (given === undefined ? [] : [[id, given] as const])),
    ),
  };
};
