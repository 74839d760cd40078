import { join } from "node:path";

/** How a run is named in a command that is printed: by its name where commands look for runs, else by its whole path, which holds from any folder. */
export const runArgument = (logs: string, cwd: string, name: string): string => {
  const found = logs === join(cwd, "logs", name) ? name : logs;
  return /^[\w./-]+$/.test(found) ? found : `"${found}"`;
};
