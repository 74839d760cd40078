import { homedir } from "node:os";
import { join } from "node:path";

/** Where prepared tasks lie: what runs see, and apart from it what only graders read. */
export interface TaskStore {
  readonly publicRoot: string;
  /** Outside every folder that a run mounts or copies; only its owner can enter it. */
  readonly privateRoot: string;
}

/**
 * `$AIDE_TASKS`, else `$XDG_DATA_HOME/aide/tasks`; `$AIDE_TASK_LABELS`, else `$XDG_STATE_HOME/aide/report-labels`.
 * A script without a sandbox can read the latter if it looks there: another user's folder is the place for labels that must not be read by any means.
 */
export const taskStore = (env: Readonly<Record<string, string | undefined>>): TaskStore => {
  const home = env["HOME"] || homedir();
  return {
    publicRoot: env["AIDE_TASKS"] || join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "aide", "tasks"),
    privateRoot:
      env["AIDE_TASK_LABELS"] || join(env["XDG_STATE_HOME"] || join(home, ".local", "state"), "aide", "report-labels"),
  };
};
