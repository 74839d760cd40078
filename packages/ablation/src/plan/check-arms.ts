import { digest } from "@aide-ts/core";
import { openTask, rawConfigOf, type OpenedTask } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";
import { cellsOf, configOf } from "../cells/cells.ts";
import { armChangesNothing } from "../errors.ts";
import type { Plan } from "./plan.ts";

/**
 * Opens each task for the first arm and each arm on the first task, as their cells will be: whatever a run would refuse is refused before the
 * first of them is made.
 * @param file the ablation's file
 * @returns the arms, opened, so that what they need can be made ready once
 * @throws AIDE_ABLATION_ARM where two arms come to the same settings; what opening a task throws
 */
export const checkArms = async (plan: Plan, file: string, host: RunHost): Promise<readonly OpenedTask[]> => {
  const opened: { readonly arm: string; readonly task: OpenedTask }[] = [];
  const cells = cellsOf({ ...plan, seeds: plan.seeds.slice(0, 1) });
  for (const cell of cells) {
    const [first] = plan.tasks;
    if (cell.arm !== plan.arms[0] && cell.task !== first) continue;
    const task = await openTask(rawConfigOf(configOf(plan, cell), { kind: "file", path: file }, host), host);
    if (cell.task === first) opened.push({ arm: cell.arm.name, task });
  }
  for (const [at, one] of opened.entries()) {
    const same = opened.slice(0, at).find(({ task }) => digest(plain(task)) === digest(plain(one.task)));
    if (same !== undefined) throw armChangesNothing(one.arm, same.arm);
  }
  return opened.map(({ task }) => task);
};

const plain = ({ config }: OpenedTask): unknown => JSON.parse(JSON.stringify(config));
