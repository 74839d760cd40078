import { readFileSync } from "node:fs";
import { leaderboardOf, medalPlaces, thresholdsOf, winOf } from "../../src/index.ts";

/** What MLE-bench's own code says of such leaderboards. */
export const fixture: {
  readonly most: number;
  readonly places: {
    readonly changes: Readonly<Record<"gold" | "silver" | "bronze", readonly (readonly number[])[]>>;
    readonly digest: string;
  };
  readonly medals: { readonly quick: string; readonly all: string };
} = JSON.parse(readFileSync(new URL("fixtures/medals.json", import.meta.url), "utf8"));

/** Steps of `tied` equal scores, the best first. */
const leaderboard = (teams: number, tied: number, lower: boolean): Float64Array => {
  const scores = new Float64Array(teams);
  for (let place = 0; place < teams; place++) scores[place] = Math.floor((lower ? place : teams - 1 - place) / tied);
  return scores;
};

const candidates = (teams: number, scores: Float64Array): readonly number[] => {
  const share = (part: number, of: number) => Math.floor((part * teams) / of);
  const places = [1, 10, 11, 50, 51, 100, 101, share(1, 20), share(1, 10), share(1, 5), share(2, 5), share(1, 2) + 1];
  const at = [...places, teams, 10 + share(1, 500)].map((place) => scores[Math.min(teams, Math.max(1, place)) - 1]!);
  return [...at, at[11]! - 0.25, at[11]! + 0.25, at[0]! + 1, at[0]! - 1];
};

/** What `python/medals.py` writes of so many teams: thresholds, times 4, and what each candidate wins. */
export const linesOf = (teams: number): string => {
  let text = "";
  for (const tied of [1, 4])
    for (const lower of [false, true]) {
      const scores = leaderboard(teams, tied, lower);
      const board = leaderboardOf(scores);
      const thresholds = thresholdsOf(board);
      const wins = candidates(teams, scores).map((score) => {
        const { medal = "-", aboveMedian } = winOf(score, thresholds, board.isLowerBetter);
        return `${medal[0]}${aboveMedian ? "+" : "."}`;
      });
      const { gold, silver, bronze, median } = thresholds;
      const bounds = [gold, silver, bronze, median].map((bound) => 4 * bound);
      text += `${teams} ${tied} ${board.isLowerBetter ? "lower" : "higher"} ${bounds.join(" ")} ${wins.join("")}\n`;
    }
  return text;
};

export const placesLine = (teams: number): string => {
  const { gold, silver, bronze } = medalPlaces(teams);
  return `${teams} ${gold} ${silver} ${bronze}\n`;
};
