import { basename } from "node:path";
import { parseOverrides } from "@aide-ts/core";
import { findRun, openRecordedTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { readFlags } from "../terminal/flags.ts";
import { followRun } from "../terminal/follow-run.ts";

/**
 * `aide resume [run] [key=value …] [--discard-open] [--with-config]`: continues where the log ends, with the config that the run was begun with; a larger
 * budget may be given.
 */
export const resume = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { word, overrides, isSet } = readFlags(args, { switches: ["discard-open", "with-config"] });
  const logs = await findRun(word, shell.cwd);
  const { request, notes } = await openRecordedTask(logs, runHost(shell), {
    overrides: parseOverrides(overrides),
    withFile: isSet("with-config"),
  });
  for (const note of notes) shell.err(`note     ${note}`);
  await makeReady(request.plugins, shell);
  shell.out(`resume   ${basename(logs)}`);
  return followRun({ ...request, discardOpen: isSet("discard-open") }, shell);
};
