import { homedir } from "node:os";
import { join } from "node:path";
import { ensureEnvironment } from "@aide-ts/executor-local";

export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

/** The scripts' Python. */
export const findScriptsPython = async (): Promise<string> => {
  const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");
  return (await ensureEnvironment({ cacheFolder, env: variables })).python;
};
