import type { Shell } from "../command-line.ts";
import { renderEnd } from "../render/end.ts";
import { liveView } from "../render/live-view.ts";
import { runArgument } from "../render/run-argument.ts";
import { isBegun } from "./record.ts";
import { runTask, type RunRequest } from "./run-task.ts";

/** Runs a task before the user's eyes. Gives the exit code: 0 with a valid solution, 1 without, 130 when the user stopped it. */
export const followRun = async (
  request: Omit<RunRequest, "env" | "mask" | "signal" | "observe" | "say">,
  shell: Shell,
): Promise<number> => {
  const { config, folders } = request;
  const view = liveView(shell, config.budget.steps);
  const { observe, say } = view;
  try {
    const ended = await runTask({
      ...request,
      env: shell.env,
      mask: shell.secrets.mask,
      signal: shell.signal,
      observe,
      say,
    });
    view.close();
    shell.out(renderEnd({ ...ended, logs: folders.logs, cwd: shell.cwd, name: folders.name }));
    if (ended.ran.ending.reason === "user") return 130;
    return ended.ran.journal.best === undefined ? 1 : 0;
  } catch (error) {
    view.close();
    const begun = await isBegun(folders.logs);
    const run = runArgument(folders.logs, shell.cwd, folders.name);
    // After the last step, when the best script runs once more.
    if (shell.signal.aborted && error === shell.signal.reason) {
      shell.err(`Stopped before the end.${begun ? ` Go on with: npx aide resume ${run}` : ""}`);
      return 130;
    }
    if (begun) shell.err(`go on    npx aide resume ${run}   (once the error below is cured)`);
    throw error;
  }
};
