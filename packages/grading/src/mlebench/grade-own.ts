import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import { AideError } from "@aide-ts/plugin";
import { mleBenchTask } from "@aide-ts/tasks";
import { readAnswerKey } from "./answer-key.ts";
import { leaderboardsUnnamed } from "../errors.ts";
import type { GradingData, MleBenchGrade, OwnRules, OwnRulesScore } from "./grade.ts";
import type { MleBenchSubmission } from "./submission-list.ts";
import { leaderboardPath, placeAmong, readLeaderboard, type Leaderboard } from "./leaderboard.ts";
import { reportOf } from "./report.ts";
import { scoreByOwnRules } from "./own-rules.ts";

/** Grades a submission without MLE-bench, from the answers that `mlebench prepare` left and a leaderboard. */
export const gradeByOwnRules = async (
  { id, path }: MleBenchSubmission,
  { dataRoot, leaderboards, createdAt }: GradingData,
): Promise<MleBenchGrade> => {
  try {
    const key = await readAnswerKey(await mleBenchTask(id, dataRoot));
    const by: OwnRules = { metric: key.metric.name, from: key.from };
    const exists = await isCsvFile(path);
    const scored = exists ? scoreByOwnRules(await readFile(path), key) : notThere(path);
    const board = await leaderboardIn(leaderboards, id).catch(asAideError);
    if (AideError.is(board)) {
      const isLowerBetter = key.metric.direction === "minimize";
      return { kind: "unranked", by, scored, isLowerBetter, because: board.message, fix: board.fix };
    }
    const score = scored.valid ? scored.score : undefined;
    const report = reportOf({ id, path, exists, score, createdAt }, board);
    return { kind: "report", by, report, ...detailsOf(scored, board) };
  } catch (cause) {
    const { message, fix } = asAideError(cause);
    return { kind: "none", problem: message, fix };
  }
};

const leaderboardIn = async (folder: string | undefined, id: string): Promise<Leaderboard> => {
  if (folder === undefined) throw leaderboardsUnnamed(id);
  return readLeaderboard(leaderboardPath(folder, id));
};

const isCsvFile = async (path: string): Promise<boolean> =>
  extname(path).toLowerCase() === ".csv" && ((await stat(path).catch(() => undefined))?.isFile() ?? false);

const notThere = (path: string): OwnRulesScore => ({ valid: false, problem: `There is no CSV file ${path}.` });

const asAideError = (cause: unknown): AideError => {
  if (AideError.is(cause)) return cause;
  throw cause;
};

const detailsOf = (
  scored: OwnRulesScore,
  board: Leaderboard,
): Pick<Extract<MleBenchGrade, { kind: "report" }>, "place" | "problem"> =>
  scored.valid ? { place: placeAmong(scored.score, board) } : { problem: scored.problem };
