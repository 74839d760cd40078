import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leaderboardOf, medalPlaces, placeAmong, thresholdsOf, winOf } from "../../src/index.ts";
import { fixture, linesOf, placesLine } from "./made-up-leaderboards.ts";

describe("the medals of MLE-bench's own code", () => {
  it("are at the places where they change", () => {
    for (const name of ["gold", "silver", "bronze"] as const) {
      const changes: number[][] = [];
      for (let teams = 1; teams <= 1200; teams++) {
        const place = medalPlaces(teams)[name];
        if (changes.at(-1)?.[1] !== place) changes.push([teams, place]);
      }
      expect(changes).toEqual(fixture.places.changes[name]);
    }
  });

  it("are at the same places for 1 … 20,000 teams", () => {
    const hash = createHash("sha256");
    for (let teams = 1; teams <= fixture.most; teams++) hash.update(placesLine(teams));
    expect(fixture.most).toBe(20_000);
    expect(hash.digest("hex")).toBe(fixture.places.digest);
  });

  it("are won alike with ties, in both directions", () => {
    const hash = createHash("sha256");
    for (let teams = 1; teams <= fixture.most; teams++)
      if (teams <= 1200 || teams % 997 === 0) hash.update(linesOf(teams));
    expect(hash.digest("hex")).toBe(fixture.medals.quick);
  });
});

const score = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -10, max: 10, noNaN: true }));
const scoresBestFirst = fc
  .tuple(fc.array(score, { minLength: 1, maxLength: 400 }), fc.boolean())
  .map(([scores, lower]) => scores.toSorted((a, b) => (lower ? a - b : b - a)));

const ranks = { gold: 3, silver: 2, bronze: 1, none: 0 } as const;
const rankOf = ({ medal }: { readonly medal: "gold" | "silver" | "bronze" | undefined }) => ranks[medal ?? "none"];

describe("a medal", () => {
  it("never gets worse with a better score", () => {
    fc.assert(
      fc.property(scoresBestFirst, score, score, (scores, a, b) => {
        const board = leaderboardOf(scores);
        const thresholds = thresholdsOf(board);
        const better = board.isLowerBetter ? Math.min(a, b) : Math.max(a, b);
        const worse = better === a ? b : a;
        const [high, low] = [better, worse].map((one) => winOf(one, thresholds, board.isLowerBetter));
        expect(rankOf(high!)).toBeGreaterThanOrEqual(rankOf(low!));
        expect(Number(high!.aboveMedian)).toBeGreaterThanOrEqual(Number(low!.aboveMedian));
        expect(placeAmong(better, board).exceeds).toBeGreaterThanOrEqual(placeAmong(worse, board).exceeds);
      }),
    );
  });

  it("is always shared by all who have a score that wins it", () => {
    fc.assert(
      fc.property(scoresBestFirst, (scores) => {
        const board = leaderboardOf(scores);
        const thresholds = thresholdsOf(board);
        const { gold, silver, bronze } = medalPlaces(scores.length);
        const won = scores.map((one) => rankOf(winOf(one, thresholds, board.isLowerBetter)));
        for (const [at, rank] of won.entries()) {
          const place = at + 1;
          const least = place <= gold ? 3 : place <= silver ? 2 : place <= bronze ? 1 : 0;
          expect(rank).toBeGreaterThanOrEqual(least);
          const tied = scores.findIndex((one) => one === scores[at]);
          expect(rank).toBe(won[tied]);
          // Nobody gets one beyond the last place, but by a tie with it.
          const last = rank === 3 ? gold : rank === 2 ? silver : bronze;
          if (rank > 0 && place > last) expect(scores[at] === scores[last - 1]).toBe(true);
        }
      }),
    );
  });

  it("is never won without a score, nor the median passed", () => {
    fc.assert(
      fc.property(scoresBestFirst, (scores) => {
        const board = leaderboardOf(scores);
        for (const none of [undefined, Number.NaN])
          expect(winOf(none, thresholdsOf(board), board.isLowerBetter)).toEqual({
            medal: undefined,
            aboveMedian: false,
          });
      }),
    );
  });

  it("always has places in order, and within the leaderboard", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), (teams) => {
        const { gold, silver, bronze } = medalPlaces(teams);
        expect(1 <= gold && gold <= silver && silver <= bronze && bronze <= teams).toBe(true);
      }),
    );
  });
});

describe("the median", () => {
  it.each([
    [[3], 3],
    [[4, 1], 2.5],
    [[5, 4, 1], 4],
    [[Number.NaN, 4, 2], 3],
  ])("of %o is %d, and is not passed by itself", (scores, median) => {
    const board = leaderboardOf(scores);
    const thresholds = thresholdsOf(board);
    expect(thresholds.median).toBe(median);
    expect(winOf(median, thresholds, board.isLowerBetter).aboveMedian).toBe(false);
  });
});
