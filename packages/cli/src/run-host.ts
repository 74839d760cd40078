import { fileURLToPath } from "node:url";
import { builtins, shorthands } from "@aide-ts/builtins";
import type { RunHost } from "@aide-ts/run/host";
import { namedTaskIn } from "./task-host.ts";

const examples = fileURLToPath(new URL("../example_tasks/", import.meta.url));

/** This process as a run sees it, with the plugins and example tasks that come with aide. */
export const runHost = ({ cwd, env, secrets }: Pick<RunHost, "cwd" | "env" | "secrets">): RunHost => ({
  cwd,
  env,
  secrets,
  builtins,
  shorthands: shorthands(env),
  examples,
  namedTask: namedTaskIn({ cwd, env }),
});
