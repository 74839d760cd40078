import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where `mlebench prepare` puts data without `--data-dir`: `mle-bench/data` in the user's cache, as appdirs finds it.
 * @param env `XDG_CACHE_HOME`, `LOCALAPPDATA` and `HOME` count
 * @param platform as `process.platform`
 */
export const mleBenchDataRoot = (env: Readonly<Record<string, string | undefined>>, platform: string): string =>
  join(cacheFolder(env, platform), "mle-bench", "data");

const cacheFolder = (env: Readonly<Record<string, string | undefined>>, platform: string): string => {
  const home = env["HOME"] || homedir();
  if (platform === "darwin") return join(home, "Library", "Caches");
  if (platform === "win32") return env["LOCALAPPDATA"] || join(home, "AppData", "Local");
  return env["XDG_CACHE_HOME"] || join(home, ".cache");
};
