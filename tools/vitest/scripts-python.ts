import { homedir } from "node:os";
import { join } from "node:path";
import { ensureEnvironment } from "@aide-ts/executor-local";

/** This process's environment variables, those that are set. */
export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

/** Shared with later runs, so that packages are installed once on a machine. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");

/** The interpreter that scripts run on, with its packages. */
export const findScriptsPython = async (): Promise<string> =>
  (await ensureEnvironment({ cacheFolder, env: variables })).python;
