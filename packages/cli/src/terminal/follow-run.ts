import { isBegun, type RunRequest, runTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { renderEnd } from "./end.ts";
import { liveView } from "./live-view.ts";
import { runArgument } from "./end.ts";

/** Runs a task before the user's eyes. Gives the exit code: 0 with a valid solution, 1 without, 130 when the user stopped it. */
export const followRun = async (
  request: Omit<RunRequest, "host" | "signal" | "observe" | "notify">,
  shell: Shell,
): Promise<number> => {
  const { config, folders } = request;
  const view = liveView(shell, config.budget.steps);
  const { observe, notify } = view;
  try {
    const ended = await runTask({ ...request, host: runHost(shell), signal: shell.signal, observe, notify });
    view.close();
    shell.out(
      renderEnd({
        ...ended,
        logs: folders.logs,
        cwd: shell.cwd,
        name: folders.name,
        isNamed: request.origin !== undefined,
      }),
    );
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
    if (begun) shell.err(`go on    npx aide resume ${run}   (once the error below is fixed)`);
    throw error;
  }
};
