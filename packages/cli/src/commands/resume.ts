import { basename } from "node:path";
import type { Shell } from "../command-line.ts";
import { followRun } from "../run/follow-run.ts";
import { inRun } from "../run/record.ts";
import { reopen } from "../run/reopen.ts";
import { ensureReady } from "../setup/ensure-ready.ts";
import { readFlags } from "./flags.ts";

/** `aide resume [run] [key=value …]`: goes on where the log ends; a larger budget may be given. */
export const resume = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { word, overrides, isSet } = readFlags(args, { switches: ["discard-open"] });
  const { asked, logs, record } = await reopen(word, shell, overrides);
  await ensureReady(asked.config, shell);
  const name = basename(logs);
  shell.out(`resume   ${name}`);
  return followRun(
    {
      ...asked,
      folders: { name, logs, workspace: inRun(logs, record.workspace) },
      fork: record.fork,
      discardOpen: isSet("discard-open"),
      kept: record.config,
      startedAt: Date.parse(record.started),
    },
    shell,
  );
};
