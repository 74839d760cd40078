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
  const [first] = plan.tasks;
  for (const cell of cellsOf({ ...plan, seeds: plan.seeds.slice(0, 1) })) {
    if (cell.arm !== plan.arms[0] && cell.task !== first) continue;
    const task = await openTask(rawConfigOf(configOf(plan, cell), { kind: "file", path: file }, host), host);
    if (cell.task === first) opened.push({ arm: cell.arm.name, task });
  }
  const armsBySettings = new Map<string, string>();
  for (const { arm, task } of opened) {
    const settings = digest(JSON.parse(JSON.stringify(task.config)));
    const same = armsBySettings.get(settings);
    if (same !== undefined) throw armChangesNothing(arm, same);
    armsBySettings.set(settings, arm);
  }
  return opened.map(({ task }) => task);
};
