import type { Contrast } from "@aide-ts/statistics";
import type { byCell, CellOutcome } from "../outcomes/read-outcome.ts";
import type { Plan } from "../plan/plan.ts";

/** What cells of two arms with one task and seed have in common, beside these: the whole search, or its first draft. */
export type InCommon = "search" | "draft";

type Compared = readonly [CellOutcome, CellOutcome];

/** What all cells of the two arms of a contrast that have a task and a seed in common have in common too; nothing where only some have. */
export const inCommon = (
  { arms, tasks, seeds, drafts, steps }: Plan,
  { coefficients }: Contrast,
  cellOf: ReturnType<typeof byCell>,
): InCommon | undefined => {
  const [one = "", other = ""] = arms.filter((_, at) => coefficients[at] !== 0).map(({ name }) => name);
  const pairs = tasks.flatMap(({ name: task }) =>
    seeds.flatMap((seed): readonly Compared[] => {
      const [cell, beside] = [cellOf(task, one, seed), cellOf(task, other, seed)];
      return cell === undefined || beside === undefined ? [] : [[cell, beside]];
    }),
  );
  if (pairs.length > 0 && pairs.every(haveSearch)) return "search";
  // Where arms share their steps, what they have in common may begin with a program that no model was asked for.
  const began = ({ draft, firstProgram }: CellOutcome) => (steps === "shared" ? firstProgram : draft);
  const begun = pairs.filter((pair) => pair.every((one) => began(one) !== undefined));
  const share = drafts === "shared" && begun.length > 0 && begun.every(([a, b]) => began(a) === began(b));
  return share ? "draft" : undefined;
};

const haveSearch = ([a, b]: Compared): boolean => searchOf(a) === searchOf(b);

const searchOf = ({ folder, searchOf: of }: CellOutcome): string => of ?? folder;
