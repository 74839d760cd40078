import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { askLines, type Ending } from "./ask-lines.ts";
import type { GradingData, MleBenchGrade } from "./grade.ts";
import type { MleBenchSubmission } from "./submission-list.ts";
import { leaderboardPath } from "./leaderboard.ts";
import { mleBenchReport } from "./report.ts";

const program = fileURLToPath(new URL("../../python/grade_mlebench.py", import.meta.url));

const reply = z.union([
  z.object({ report: mleBenchReport, teams: z.int(), exceeded: z.int(), problem: z.string().optional() }),
  z.object({ refused: z.string() }),
  z.object({ missing: z.string() }),
]);

export interface InstalledGrading extends GradingData {
  /** A Python that can import `mlebench`. */
  readonly python: string;
  /** The longest that one submission may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Grades submissions by an installed MLE-bench, in a process that keeps the answers to itself; a grade for each, in their order.
 * @throws the signal's reason when that fires
 */
export const gradeByMleBench = async (
  submissions: readonly MleBenchSubmission[],
  { python, dataRoot, leaderboards, createdAt, timeoutMs, signal }: InstalledGrading,
): Promise<readonly MleBenchGrade[]> => {
  if (submissions.length === 0) return [];
  const asked = {
    data_root: resolve(dataRoot),
    created_at: createdAt.toISOString(),
    submissions: submissions.map(({ id, path }) => ({
      id,
      path: resolve(path),
      ...(leaderboards === undefined ? {} : { leaderboard: resolve(leaderboardPath(leaderboards, id)) }),
    })),
  };
  const { lines, ending } = await askLines([python, program], JSON.stringify(asked), { silence: timeoutMs, signal });
  const replies = lines.map(read);
  const missing = replies.find((one) => one !== undefined && "missing" in one);
  return submissions.map(({ path }, at) => gradeOf(missing ?? replies[at], path, noAnswer(ending, timeoutMs, python)));
};

type Reply = z.output<typeof reply>;

const read = (line: string): Reply | undefined => {
  try {
    return reply.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
};

const gradeOf = (answer: Reply | undefined, path: string, otherwise: MleBenchGrade): MleBenchGrade => {
  if (answer === undefined) return otherwise;
  if ("missing" in answer)
    return none(
      `This Python cannot import MLE-bench: ${answer.missing}.`,
      "Install MLE-bench from https://github.com/openai/mle-bench into it, or name another Python.",
    );
  if ("refused" in answer) return none(`${answer.refused}.`, "See to what is missing, and grade again.");
  const { report, teams, exceeded, problem } = answer;
  const exceeds = (100 * exceeded) / teams;
  return {
    kind: "report",
    by: "mlebench",
    report: { ...report, submission_path: path },
    ...(report.valid_submission ? { place: { exceeds, top: (100 * (teams - exceeded)) / teams } } : {}),
    ...(problem === undefined ? {} : { problem: `${problem}.` }),
  };
};

const none = (problem: string, fix: string): MleBenchGrade => ({ kind: "none", problem, fix });

const millisecondsPerSecond = 1000;

const noAnswer = (ending: Ending, timeoutMs: number, python: string): MleBenchGrade => {
  if (ending.kind === "silent")
    return none(
      `MLE-bench took longer than ${timeoutMs / millisecondsPerSecond} s over a submission.`,
      "Give it more time, or grade fewer submissions at once.",
    );
  const how = ending.kind === "failed" ? `: ${ending.how}` : "";
  return none(`MLE-bench did not answer${how}.`, `See that ${python} is a Python that can import mlebench.`);
};
