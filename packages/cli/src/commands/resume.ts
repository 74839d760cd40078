import { basename } from "node:path";
import { parseOverrides } from "@aide-ts/core";
import { findRun, openRecordedTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { splitOverrides } from "../terminal/config-arguments.ts";
import { followRun } from "../terminal/follow-run.ts";

interface ResumeFlags {
  readonly discardOpen: boolean | undefined;
  readonly withConfig: boolean | undefined;
}

/** `aide resume`: continues where the log ends, with the config that the run was begun with; a larger budget may be given. */
export const resume = async (shell: Shell, flags: ResumeFlags, ...args: readonly string[]): Promise<number> => {
  const { words, overrides } = splitOverrides(args);
  const logs = await findRun(words[0], shell.cwd);
  const { request, notes } = await openRecordedTask(logs, runHost(shell), {
    overrides: parseOverrides(overrides),
    withFile: flags.withConfig === true,
  });
  for (const note of notes) shell.err(`note     ${note}`);
  await makeReady(request.plugins, shell);
  shell.out(`resume   ${basename(logs)}`);
  return followRun({ ...request, discardOpen: flags.discardOpen === true }, shell);
};
