import { join } from "node:path";
import { z } from "zod";
import { textIfThere } from "../folder/text-if-there.ts";

const ownGrade = z.discriminatedUnion("valid", [
  z.looseObject({
    valid: z.literal(true),
    value: z.number(),
    error: z.number().optional(),
    useful: z.boolean().default(true),
    /** 0: the trivial predictor, 1: the best single reference. */
    score: z.number().optional(),
  }),
  z.looseObject({ valid: z.literal(false), brief: z.string() }),
]);

/** Where MLE-bench places a submission on a competition's leaderboard. */
interface Leaderboard {
  readonly aboveMedian: boolean;
  readonly anyMedal: boolean;
}

export type Grade =
  | {
      readonly valid: true;
      readonly value: number;
      readonly error?: number | undefined;
      /** Better than the trivial predictor; in a competition, than half of the teams. */
      readonly useful: boolean;
      /** 0: the trivial predictor, 1: the best single reference; in a competition the share of teams that it exceeds. */
      readonly score?: number | undefined;
      readonly leaderboard?: Leaderboard | undefined;
    }
  | { readonly valid: false; readonly brief: string; readonly leaderboard?: Leaderboard | undefined };

const outside: Leaderboard = { aboveMedian: false, anyMedal: false };

const mleBenchGrade = z.discriminatedUnion("kind", [
  z
    .looseObject({
      kind: z.literal("report"),
      report: z.looseObject({
        score: z.number().nullable(),
        valid_submission: z.boolean(),
        above_median: z.boolean(),
        any_medal: z.boolean(),
      }),
      place: z.looseObject({ exceeds: z.number() }).optional(),
    })
    .transform(({ report: { score, valid_submission, above_median, any_medal }, place }): Grade => {
      if (!valid_submission || score === null) return { valid: false, brief: "not valid", leaderboard: outside };
      const leaderboard = { aboveMedian: above_median, anyMedal: any_medal };
      return { valid: true, value: score, useful: above_median, score: place && place.exceeds / 100, leaderboard };
    }),
  z
    .looseObject({
      kind: z.literal("unranked"),
      scored: z.looseObject({ valid: z.boolean(), score: z.number().optional() }),
    })
    .transform(({ scored: { valid, score } }): Grade =>
      valid && score !== undefined ? { valid: true, value: score, useful: true } : { valid: false, brief: "not valid" },
    ),
  z.looseObject({ kind: z.literal("none"), problem: z.string() }).transform((): undefined => undefined),
]);

const grade = z.union([ownGrade, mleBenchGrade]);

const schema = z.looseObject({ final: grade, solutions: z.array(z.looseObject({ id: z.string(), grade })) }).transform(
  ({ final, solutions }): Grades | undefined =>
    // What MLE-bench gave no grade is neither good nor bad.
    final && {
      final,
      solutions: solutions.flatMap(({ id, grade: given }) => (given === undefined ? [] : [{ id, grade: given }])),
    },
);

/** What a grader that ran after a cell wrote of it: all that an ablation knows of report labels. */
export interface Grades {
  readonly final: Grade;
  readonly solutions: readonly { readonly id: string; readonly grade: Grade }[];
}

/** How `grades.json` calls a solution whose submission went with its run's workspace. */
export const workspaceCleaned = "workspace cleaned";

/** A grade's score between 0 and 1: worse than the trivial predictor, or not valid, is 0; better than the best reference 1. */
export const boundedScore = (given: Grade): number => (given.valid ? Math.min(1, Math.max(0, given.score ?? 0)) : 0);

/** `grades.json` of a run; nothing where it was not graded. */
export const readGrades = (folder: string): Grades | undefined => {
  const text = textIfThere(join(folder, "grades.json"));
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
};
