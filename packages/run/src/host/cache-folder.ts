import { homedir } from "node:os";
import { join } from "node:path";

/** Models and Python environments, kept between runs and outside projects: `$XDG_CACHE_HOME/aide`, else `~/.cache/aide`. */
export const cacheFolder = (env: Readonly<Record<string, string | undefined>>): string =>
  join(env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache"), "aide");
