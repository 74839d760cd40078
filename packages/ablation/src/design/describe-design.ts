import { isLayer } from "@aide-ts/core";
import { alignedTable, counted } from "@aide-ts/run/report";
import type { Plan } from "../plan/plan.ts";
import { shownNumber, shownPercent } from "../report/numbers.ts";
import { powerOf } from "./power.ts";

/** What an ablation would make, and what it could find: lines for a terminal. */
export const describeDesign = (plan: Plan): readonly string[] => {
  const { name, arms, tasks, seeds, sequential } = plan;
  const cells = arms.length * tasks.length * seeds.length;
  return [
    `${name}: ${arms.length} arms × ${tasks.length} tasks × ${seeds.length} seeds = ${cells} cells${sequential === undefined ? "" : ", at most"}`,
    "",
    ...alignedTable([["arm", "changes"], ...arms.map(({ name: arm, change }) => [arm, changeText(change)])]),
    "",
    `tasks    ${tasks.map((task) => task.name).join(", ")}`,
    `seeds    ${seeds.join(", ")}`,
    `budget   ${budgetText(plan, cells)}`,
    `outcome  ${plan.outcome}; tokens: ${plan.tokens}`,
    "",
    ...describePower(plan),
  ];
};

/** What the design can find, by simulation: lines for a terminal. */
export const describePower = (plan: Plan): readonly string[] => {
  const { effect, betweenTasks, shared, cell } = plan.power;
  const { neededTasks, ofEffect, detectable, cells } = powerOf(plan);
  if (detectable === undefined)
    return [
      `power    none: ${plan.tasks.length} tasks are too few to claim anything of tasks like these; ${neededTasks} are the fewest for ${counted(plan.contrasts.length, "contrast")}`,
    ];
  return [
    `power    a difference of ${detectable.toFixed(2)} is shown in 80 %, after Holm over ${plan.contrasts.length}`,
    ...ofEffect.map(({ contrast, power }) => `         ${contrast}: one of ${effect} in ${shownPercent(power)}`),
    ...(plan.sequential === undefined
      ? []
      : [`         with ${shownPercent(cells)} of the cells in the mean, as it stops once it knows`]),
    `         assumed standard deviations: ${shownNumber(betweenTasks)} between tasks, ${shownNumber(shared)} shared by a seed's arms, ${shownNumber(cell)} of a cell (\`power\` in the file)`,
  ];
};

const changeText = (change: object): string => (Object.keys(change).length === 0 ? "nothing" : JSON.stringify(change));

const budgetText = ({ base }: Plan, cells: number): string => {
  const { budget } = base;
  if (!isLayer(budget)) return "of the defaults, for each cell";
  const { tokens } = budget;
  const total = typeof tokens === "number" ? `; at most ${(tokens * cells).toLocaleString("en")} tokens in all` : "";
  return `${JSON.stringify(budget)} for each cell${total}`;
};
