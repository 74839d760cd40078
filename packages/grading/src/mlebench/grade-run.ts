import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvOf, parseCsv } from "../csv.ts";
import { finalFile, type RunSubmissions, type SearchScore } from "../grade/run-submissions.ts";
import { gradeMleBench, type MleBenchGrading } from "./grade-mlebench.ts";
import type { MleBenchGrade } from "./grade.ts";
import { writeSubmissionList } from "./submission-list.ts";

/** `grades.json` of a run on a competition of MLE-bench. */
export interface MleBenchRunGrades {
  readonly run: string;
  /** As MLE-bench names it. */
  readonly competition: string;
  /** Of `best_submission.csv`; a run without one has a report that it left nothing. */
  readonly final: MleBenchGrade;
  readonly solutions: readonly MleBenchSolutionGrade[];
}

export interface MleBenchSolutionGrade {
  readonly id: string;
  readonly search?: SearchScore;
  readonly grade: MleBenchGrade;
}

/**
 * Grades a run on a competition: its final submission, and what each solution on the way predicts for the same rows. Writes
 * `submission.jsonl`, which `mlebench grade` reads, into the run's folder.
 * @throws the signal's reason when that fires
 */
export const gradeMleBenchRun = async (
  left: RunSubmissions,
  competition: string,
  grading: MleBenchGrading,
): Promise<MleBenchRunGrades> => {
  const { run, logs } = left;
  const final = { id: competition, path: join(logs, finalFile) };
  const folder = await mkdtemp(join(tmpdir(), "aide-mlebench-"));
  try {
    const solutions = await withTestRowsAlone(left, folder);
    const files = solutions.flatMap(({ file }) => (file === undefined ? [] : [{ id: competition, path: file }]));
    const [finalGrade = ungraded("MLE-bench did not answer."), ...others] = await gradeMleBench(
      [final, ...files],
      grading,
    );
    const answers = others.values();
    await writeSubmissionList(join(logs, "submission.jsonl"), [final]);
    return {
      run,
      competition,
      final: finalGrade,
      solutions: solutions.map(({ file, left: { submission, ...solution } }) => {
        if (submission.kind === "none") return { ...solution, grade: ungraded(submission.problem) };
        const grade = file === undefined ? undefined : answers.next().value;
        if (grade === undefined) return { ...solution, grade: ungraded(rowsUnknown) };
        return { ...solution, grade: underPath(grade, submission.path) };
      }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const rowsUnknown = "Which rows are those of the test file is known by the final submission alone, which is not there.";

const ungraded = (problem: string): MleBenchGrade => ({ kind: "none", problem, fix: "Look at the run's report.md." });

const underPath = (grade: MleBenchGrade, path: string): MleBenchGrade =>
  grade.kind === "report" ? { ...grade, report: { ...grade.report, submission_path: path } } : grade;

/** Graders of MLE-bench want the test file's rows and no others; the search held further ones back. */
const withTestRowsAlone = async ({ final, solutions }: RunSubmissions, folder: string) => {
  const wanted = final.kind === "file" ? idsIn(await readFile(final.path)) : undefined;
  return Promise.all(
    solutions.map(async (left) => {
      if (left.submission.kind === "none" || wanted === undefined) return { left };
      const file = join(folder, `${left.id}.csv`);
      await writeFile(file, rowsWith(wanted, await readFile(left.submission.path)));
      return { left, file };
    }),
  );
};

/** Of the first column, as all competitions of MLE-bench have it. */
const idsIn = (bytes: Uint8Array): ReadonlySet<string> => new Set(parseCsv(bytes).rows.map(([id = ""]) => id));

/** What is no table is left as it is, for the grader to say so. */
const rowsWith = (ids: ReadonlySet<string>, bytes: Uint8Array): Uint8Array => {
  try {
    const { header, rows } = parseCsv(bytes);
    return csvOf({ header, rows: rows.filter(([id = ""]) => ids.has(id)) });
  } catch {
    return bytes;
  }
};
