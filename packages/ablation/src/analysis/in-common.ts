import type { Contrast } from "@aide-ts/statistics";
import type { byCell, CellOutcome } from "../outcomes/read-outcome.ts";
import type { Plan } from "../plan/plan.ts";

/** What cells of two arms with one task and seed have in common, beside these: the whole search, or its first draft. */
export type InCommon = "search" | "draft";

type Compared = readonly [CellOutcome, CellOutcome];

/** What all cells of the two arms of a contrast that have a task and a seed in common have in common too; nothing where only some have. */
export const inCommon = (
  { arms, tasks, seeds, drafts }: Plan,
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
  const drafted = pairs.filter(([a, b]) => a.draft !== undefined && b.draft !== undefined);
  const share = drafts === "shared" && drafted.length > 0 && drafted.every(([a, b]) => a.draft === b.draft);
  return share ? "draft" : undefined;
};

const haveSearch = ([a, b]: Compared): boolean => searchOf(a) === searchOf(b);

const searchOf = ({ folder, searchOf: of }: CellOutcome): string => of ?? folder;
