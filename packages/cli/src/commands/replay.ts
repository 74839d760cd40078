import { basename } from "node:path";
import { findRun, openRecordedTask, replayRun } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { renderError } from "../terminal/error.ts";
import { liveView, type LiveView } from "../terminal/live-view.ts";

interface ReplayFlags {
  readonly until: string | undefined;
  readonly withConfig: boolean | undefined;
}

/** `aide replay`: follows the log with the prompts and strategies of now, without model and scripts. */
export const replay = async (
  shell: Shell,
  { until, withConfig = false }: ReplayFlags,
  run: string | undefined,
): Promise<number> => {
  const logs = await findRun(run, shell.cwd);
  const recorded = await openRecordedTask(logs, runHost(shell), { offline: true, withFile: withConfig });
  for (const note of recorded.notes) shell.err(`note     ${note}`);
  shell.out(`replay   ${basename(logs)}`);
  let view: LiveView | undefined;
  const follow = (proposals: number) => (view = liveView(shell, proposals)).observe;
  const replayed = await replayRun(recorded, { until, follow, signal: shell.signal });
  view?.close();
  if (typeof replayed.ending === "object") {
    shell.err(renderError(replayed.ending.divergence).text);
    return 1;
  }
  const { journal, proposals, modelCalls, executions } = replayed;
  shell.out(
    `\n${journal.outcomes.length} of ${proposals} proposals end as logged; ${modelCalls} model calls and ${executions} executions were answered from the log.`,
  );
  return replayed.ending === "stopped" ? 130 : 0;
};
