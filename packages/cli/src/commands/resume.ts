import { basename } from "node:path";
import type { Shell } from "../command-line.ts";
import { findRun } from "../run/folders.ts";
import { followRun } from "../run/follow-run.ts";
import { readConfig } from "../run/read-config.ts";
import { foundIn, inRun, readRecord } from "../run/record.ts";
import { ensureReady } from "../setup/ensure-ready.ts";

/** `aide resume [run] [key=value …]`: goes on where the log ends; a larger budget may be given. */
export const resume = async (args: readonly string[], shell: Shell): Promise<number> => {
  const overrides = args.filter((argument) => argument.includes("="));
  const logs = await findRun(
    args.find((argument) => !argument.includes("=")),
    shell.cwd,
  );
  const record = await readRecord(logs);
  const kept = Array.isArray(record.config["args"]) ? record.config["args"].map(String) : [];
  const source = inRun(logs, record.source);
  const files = kept.filter((argument) => !argument.includes("=")).map(() => source);
  const { config, goal, evaluation } = await readConfig(
    [...files, ...kept.filter((argument) => argument.includes("=")), ...overrides],
    shell.cwd,
  );
  await ensureReady(config, shell);
  const name = basename(logs);
  shell.out(`resume   ${name}`);
  return followRun(
    {
      config,
      goal,
      evaluation,
      found: foundIn(record),
      source,
      dataFolder: inRun(logs, record.data),
      folders: { name, logs, workspace: inRun(logs, record.workspace) },
      kept: record.config,
      startedAt: Date.parse(record.started),
    },
    shell,
  );
};
