// An ablation's arm beside submissions of other programs, for the same tasks: `beside.ts <ablation's folder> <arm> <name>=<folder>…`, each folder with
// <task>/seed-<n>/submission.csv. Grades them, and prints useful submissions, report scores (what is no valid submission has 0) and what tasks like these show.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { boundedScore, cellsOf, readFrozenPlan, readOutcomes, type CellOutcome, type Grade } from "@aide-ts/ablation";
import { markdownTable } from "@aide-ts/run/report";
import { mean, tasksLikeThese, type Contrast } from "@aide-ts/statistics";

interface Result {
  readonly useful: boolean;
  /** Between 0, the trivial predictor, and 1, the best reference. */
  readonly score: number;
}

const failed: Result = { useful: false, score: 0 };

const resultOf = (grade: Grade): Result => ({ useful: grade.valid && grade.useful, score: boundedScore(grade) });

const cli = fileURLToPath(new URL("../../packages/cli/bin/aide.mjs", import.meta.url));

const gradeOutside = (folder: string, task: string): readonly Result[] => {
  const seeds = existsSync(join(folder, task)) ? readdirSync(join(folder, task)).toSorted() : [];
  const files = seeds.map((seed) => join(folder, task, seed, "submission.csv"));
  const written = files.filter((file) => existsSync(file));
  if (written.length === 0) return files.map(() => failed);
  const printed = execFileSync(process.execPath, [cli, "grade", "--task", task, "--json", ...written], {
    encoding: "utf8",
  });
  const grades: readonly Grade[] = JSON.parse(printed);
  return files.map((file) => {
    const grade = grades[written.indexOf(file)];
    return grade === undefined ? failed : resultOf(grade);
  });
};

const ofCell = ({ grades }: CellOutcome): Result => (grades === undefined ? failed : resultOf(grades.final));

const [root = "", arm = "", ...outside] = process.argv.slice(2);
const { plan } = await readFrozenPlan(root);
const outcomes = await readOutcomes(
  cellsOf(plan).filter((cell) => cell.arm.name === arm),
  root,
);
const others = outside.map((word) => {
  const at = word.indexOf("=");
  return { name: word.slice(0, at), folder: word.slice(at + 1) };
});
const tasks = plan.tasks.map(({ name }) => ({
  name,
  results: [
    outcomes.filter(({ task, ending }) => task === name && ending !== undefined).map(ofCell),
    ...others.map(({ folder }) => gradeOutside(folder, name)),
  ],
}));
const complete = tasks.filter(({ results }) => results.every((some) => some.length > 0));

const names = [arm, ...others.map(({ name }) => name)];
const share = (some: readonly Result[]): number => mean(some.map(({ useful }) => (useful ? 1 : 0)));
const scoreOf = (some: readonly Result[]): number => mean(some.map(({ score }) => score));

console.log(
  markdownTable(
    ["task", ...names.flatMap((name) => [name, "useful"])],
    complete.map(({ name, results }) => [
      name,
      ...results.flatMap((some) => [
        scoreOf(some).toFixed(3),
        `${some.filter(({ useful }) => useful).length} of ${some.length}`,
      ]),
    ]),
  ),
);
const unmade = tasks.filter((task) => !complete.includes(task)).map(({ name }) => name);
if (unmade.length > 0) console.log(`\nNot made by all: ${unmade.join(", ")}.`);

const versus: readonly Contrast[] = others.map(({ name }, at) => ({
  name: `${arm} − ${name}`,
  coefficients: names.map((_, place) => (place === 0 ? 1 : place === at + 1 ? -1 : 0)),
}));
for (const [measured, of] of [
  ["report score", scoreOf],
  ["useful submissions", share],
] as const) {
  const scores = complete.map(({ results }) => results.map((some) => [of(some)]));
  console.log(`\n${measured}`);
  for (const [at, claim] of tasksLikeThese(scores, versus).entries()) {
    const apart = complete.map(({ results: [ours = [], ...theirs] }) => of(ours) - of(theirs[at] ?? []));
    const counted = `better on ${apart.filter((one) => one > 0).length}, worse on ${apart.filter((one) => one < 0).length} of ${apart.length} tasks`;
    const text =
      claim.kind === "refused"
        ? `${claim.tasks} tasks are too few, ${claim.needed} are the fewest`
        : `${claim.t.estimate.toFixed(3)} [${claim.simultaneous.map((end) => end.toFixed(3)).join(", ")}], p = ${claim.adjustedP.toFixed(4)}`;
    console.log(`${claim.contrast}: ${text}; ${counted}`);
  }
}
