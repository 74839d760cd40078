import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { leaderboardUnreadable } from "../errors.ts";
import { columnsOf, parseCsv } from "../csv.ts";

/** The private leaderboard of a competition, as MLE-bench keeps it: a score for each team, the best first. */
export interface Leaderboard {
  /** At least one; NaN for a team without a score. */
  readonly scores: Float64Array;
  /** As MLE-bench tells: the first is less than the last. */
  readonly isLowerBetter: boolean;
}

/** Where a folder as `mlebench/competitions` of MLE-bench's repository has a competition's leaderboard. */
export const leaderboardPath = (folder: string, id: string): string => join(folder, id, "leaderboard.csv");

/** @param scores at least one, best first */
export const leaderboardOf = (scores: ArrayLike<number>): Leaderboard => {
  const own = Float64Array.from(scores);
  return { scores: own, isLowerBetter: (own[0] ?? Number.NaN) < (own.at(-1) ?? Number.NaN) };
};

/**
 * Reads a `leaderboard.csv` of MLE-bench's repository: its column `score`.
 * @throws AIDE_MLEBENCH_LEADERBOARD where there is none; a checkout without Git LFS holds pointers to these files
 */
export const readLeaderboard = async (path: string): Promise<Leaderboard> => {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw leaderboardUnreadable(path, cause, false);
  });
  if (bytes.subarray(0, pointerMark.length).toString() === pointerMark)
    throw leaderboardUnreadable(path, "it is a pointer of Git LFS", true);
  const scores = scoresIn(bytes, path);
  const odd = scores.find((score) => score.trim() !== "" && !Number.isFinite(Number(score)));
  if (odd !== undefined) throw leaderboardUnreadable(path, `"${odd}" is no score`, false);
  if (scores.length === 0) throw leaderboardUnreadable(path, "it has no teams", false);
  return leaderboardOf(scores.map((score) => (score.trim() === "" ? Number.NaN : Number(score))));
};

const pointerMark = "version https://git-lfs";

const scoresIn = (bytes: Uint8Array, path: string): readonly string[] => {
  try {
    const table = parseCsv(bytes);
    const column = table.header.find((name) => name.toLowerCase() === "score");
    const cells = column === undefined ? undefined : columnsOf(table, [column]);
    if (cells !== undefined) return cells.map(([score = ""]) => score);
  } catch (cause) {
    throw leaderboardUnreadable(path, cause, false);
  }
  throw leaderboardUnreadable(path, "it has no column score", false);
};

/** How a score stands beside the teams, in percent of them. */
export interface LeaderboardPlace {
  /** Teams with a worse score: AIDE's "Exceeds % of humans" (arXiv 2502.13138). A team with the same score is not exceeded, nor one without a score. */
  readonly exceeds: number;
  /** The other teams, 100 − `exceeds`: AIDE's "Top %", of which less is better. A score that only the best team has is in the top 100/n %. */
  readonly top: number;
}

/** Where a score would stand on a leaderboard. NaN exceeds no team. */
export const placeAmong = (score: number, { scores, isLowerBetter }: Leaderboard): LeaderboardPlace => {
  let worse = 0;
  for (const other of scores) if (isLowerBetter ? score < other : score > other) worse++;
  return { exceeds: (100 * worse) / scores.length, top: (100 * (scores.length - worse)) / scores.length };
};
