// What the steps of an ablation's cells came to, as Markdown tables: improvements by arm and by direction; and the report score of the best solution against that of
// the best draft, both as the search ranked them. `steps.ts <ablation's folder>`. Cells that were stopped count with the steps that they had made.
import { join } from "node:path";
import { cellsOf, readFrozenPlan, readGrades, type Grades } from "@aide-ts/ablation";
import type { Outcome, Solution, Task } from "@aide-ts/plugin";
import { isBegun, readRun, type ReadRun } from "@aide-ts/run/record";
import { markdownTable } from "@aide-ts/run/report";
import { mean, tasksLikeThese } from "@aide-ts/statistics";
import { sum } from "../../bench/report.ts";

const [root = ""] = process.argv.slice(2);
const { plan } = await readFrozenPlan(root);

interface Improvement {
  readonly arm: string;
  readonly direction: string;
  readonly tokens: number;
  readonly valid: boolean;
  readonly gain: number | undefined;
}

const scoreOf = (solution: Solution | undefined): number | undefined =>
  solution?.evaluation.valid === true ? solution.evaluation.score.value : undefined;

const gainOf = ({ direction }: Task, before: number | undefined, after: number | undefined): number | undefined => {
  if (before === undefined || after === undefined) return undefined;
  return direction === "minimize" ? before - after : after - before;
};

/** Generated in each step. */
const tokensIn = ({ events }: ReadRun): ReadonlyMap<number, number> => {
  const tokens = new Map<number, number>();
  for (const event of events) {
    if (event.type !== "effect-ended" || event.spent === undefined) continue;
    const number = Number.parseInt(event.place, 10);
    tokens.set(number, (tokens.get(number) ?? 0) + event.spent.answer + event.spent.reasoning);
  }
  return tokens;
};

const improvementsIn = (arm: string, run: ReadRun): readonly Improvement[] => {
  const tokens = tokensIn(run);
  const { task, outcomes, solutions } = run.journal;
  const known = new Map(solutions.map((solution) => [solution.id, solution]));
  return outcomes
    .filter(({ proposal }) => proposal.operator === "improve")
    .map(({ number, proposal, chosen }: Outcome) => {
      const after = scoreOf(chosen);
      const before = scoreOf(known.get(chosen?.parents[0] ?? proposal.parents[0] ?? ""));
      const [plan = ""] = chosen?.candidate.plan.split("\n") ?? [];
      return {
        arm,
        direction: /^(add_features|make_\w+|adjust_\w+)\b/.test(plan)
          ? plan.replace(/ tuned by .*/, " tuned")
          : "other",
        tokens: tokens.get(number) ?? 0,
        valid: after !== undefined,
        gain: gainOf(task, before, after),
      };
    });
};

const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`);

const counts = (some: readonly Improvement[]): readonly (string | number)[] => [
  some.length,
  percent(some.filter(({ valid }) => valid).length, some.length),
  percent(some.filter(({ gain }) => gain !== undefined && gain > 0).length, some.length),
  percent(some.filter(({ gain }) => gain === 0).length, some.length),
  some.length === 0 ? "–" : Math.round(sum(some.map(({ tokens }) => tokens)) / some.length),
];

/** Of a cell: report scores of the solution that the search ranks first, and of the draft that it ranks first. */
interface Chosen {
  readonly best: number;
  readonly draft: number;
}

const chosenIn = ({ journal: { task, solutions } }: ReadRun, grades: Grades | undefined): Chosen | undefined => {
  const scoreAt = (solution: Solution | undefined): number | undefined => {
    const grade = grades?.solutions.find(({ id }) => id === solution?.id)?.grade;
    return grade?.valid === true ? grade.score : undefined;
  };
  const ranked = solutions
    .filter((solution) => scoreOf(solution) !== undefined)
    .toSorted((a, b) => gainOf(task, scoreOf(a), scoreOf(b)) ?? 0);
  const [best, draft] = [scoreAt(ranked[0]), scoreAt(ranked.find(({ parents }) => parents.length === 0))];
  return best === undefined || draft === undefined ? undefined : { best, draft };
};

/** What is kept of a cell: the logs of all of them would not fit into memory. */
interface CellSteps {
  readonly arm: string;
  readonly task: string;
  readonly codes: readonly string[];
  readonly chosen: Chosen | undefined;
}

const [cells, made]: [CellSteps[], Improvement[]] = [[], []];
for (const { arm, task, folder } of cellsOf(plan)) {
  const path = join(root, folder);
  if (!(await isBegun(path))) continue;
  const run = await readRun(path);
  made.push(...improvementsIn(arm.name, run));
  const codes = run.journal.solutions.map(({ candidate }) => candidate.code).filter((code) => code !== "");
  cells.push({ arm: arm.name, task: task.name, codes, chosen: chosenIn(run, readGrades(path)) });
}

const measures = ["improvements", "valid", "better", "same score", "tokens of one"];
const print = (head: readonly string[], body: readonly (readonly (string | number)[])[]): void =>
  console.log(
    `\n${markdownTable(
      head,
      body.map((row) => row.map(String)),
    )}`,
  );

for (const [name, by] of [
  ["by the model", (one: Improvement) => one.tokens > 0],
  ["without a token", (one: Improvement) => one.tokens === 0],
  ["all", () => true],
] as const)
  print(
    [name, "cells", ...measures, "programs again"],
    [...Map.groupBy(cells, ({ arm }) => arm)].map(([arm, ofArm]) => {
      const all = sum(ofArm.map(({ codes }) => codes.length));
      const different = sum(ofArm.map(({ codes }) => new Set(codes).size));
      return [
        arm,
        ofArm.length,
        ...counts(made.filter((one) => one.arm === arm && by(one))),
        percent(all - different, all),
      ];
    }),
  );

print(
  ["direction", ...measures],
  [...Map.groupBy(made, (one) => one.direction)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([direction, some]) => [direction, ...counts(some)]),
);

const shown = (values: readonly number[]): string => mean(values).toFixed(3);

for (const { name } of plan.arms) {
  const found = plan.tasks.flatMap((task) => {
    const ofTask = cells.filter((one) => one.arm === name && one.task === task.name);
    const chosen = ofTask.flatMap((one) => one.chosen ?? []);
    return chosen.length === 0 ? [] : [{ task: task.name, chosen }];
  });
  if (found.length === 0) continue;
  print(
    [`${name}: best solution against best draft`, "cells", "best solution", "best draft", "better", "worse"],
    found.map(({ task, chosen }) => [
      task,
      chosen.length,
      shown(chosen.map(({ best }) => best)),
      shown(chosen.map(({ draft }) => draft)),
      chosen.filter(({ best, draft }) => best > draft).length,
      chosen.filter(({ best, draft }) => best < draft).length,
    ]),
  );
  const scores = found.map(({ chosen }) => [chosen.map(({ draft }) => draft), chosen.map(({ best }) => best)]);
  const [claim] = tasksLikeThese(scores, [{ name: "best solution − best draft", coefficients: [-1, 1] }]);
  console.log(`\n${JSON.stringify(claim)}`);
}
