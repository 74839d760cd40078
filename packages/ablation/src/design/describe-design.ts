import type { OpenedTask } from "@aide-ts/run";
import { alignedTable, counted } from "@aide-ts/run/report";
import type { Plan } from "../plan/plan.ts";
import { shownNumber, shownPercent } from "../report/numbers.ts";
import { sharedText } from "../report/provenance.ts";
import { tooFew } from "../report/words.ts";
import { takenSearches } from "../cells/search-of.ts";
import { cellTable, costTable, timeLine } from "./forecast.ts";
import { powerOf } from "./power.ts";

export interface DesignAsked {
  readonly plan: Plan;
  /** The arms, opened. */
  readonly opened: readonly Pick<OpenedTask, "config" | "plugins">[];
  /** The ablation's folder, where cells may lie that were made before. */
  readonly root: string;
  /** Cells at a time. */
  readonly jobs: number;
}

/** What an ablation would make, and what it could find: lines for a terminal. */
export const describeDesign = async ({ plan, opened, root, jobs }: DesignAsked): Promise<readonly string[]> => {
  const { name, arms, tasks, seeds, sequential, base } = plan;
  const cells = arms.length * tasks.length * seeds.length;
  return [
    `${name}: ${counted(arms.length, "arm")} × ${counted(tasks.length, "task")} × ${counted(seeds.length, "seed")} = ${counted(cells, "cell")}${sequential === undefined ? "" : ", at most"}`,
    "",
    ...alignedTable([["arm", "changes"], ...arms.map(({ name: arm, change }) => [arm, changeText(change)])]),
    ...takenSearches(plan).map(
      ({ arm, of }) => `         ${arm.name} ends the searches of ${of.name} in another way, and makes none of its own`,
    ),
    ...sharedText(plan).map((text) => `         ${text}`),
    "",
    ...(await cellTable(plan, root)),
    "",
    ...costTable(plan, opened),
    await timeLine(plan, root, jobs),
    "",
    `seeds    ${seeds.join(", ")}`,
    `budget   ${base["budget"] === undefined ? "of the defaults" : JSON.stringify(base["budget"])}, for each cell`,
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
      `power    none: ${tooFew(plan.tasks.length)} to claim anything of tasks like these; ${neededTasks} are the fewest for ${counted(plan.contrasts.length, "contrast")}`,
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

const longestChange = 100;

const changeText = (change: object): string => {
  const text = JSON.stringify(change);
  if (text === "{}") return "nothing";
  return text.length > longestChange ? `${text.slice(0, longestChange)}…` : text;
};
