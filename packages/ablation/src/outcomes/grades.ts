import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const grade = z.discriminatedUnion("valid", [
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

const schema = z.looseObject({
  final: grade,
  solutions: z.array(z.looseObject({ id: z.string(), grade })),
});

/** What a grader that ran after a cell wrote of it: all that an ablation knows of report labels. */
export type Grades = z.output<typeof schema>;
export type Grade = z.output<typeof grade>;

/** A grade's score between 0 and 1: worse than the trivial predictor, or not valid, is 0; better than the best reference 1. */
export const boundedScore = (given: Grade): number => (given.valid ? Math.min(1, Math.max(0, given.score ?? 0)) : 0);

/** `grades.json` of a run; nothing where it was not graded. */
export const readGrades = async (folder: string): Promise<Grades | undefined> => {
  const text = await readFile(join(folder, "grades.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
};
