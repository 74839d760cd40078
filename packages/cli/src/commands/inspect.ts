import { inspectionOf, readyTask, renderInspection } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments, splitOverrides } from "../terminal/config-arguments.ts";
import { makeReady } from "../setup/make-ready.ts";

/**
 * `aide inspect`: what a run would find in a folder of data, without a run or a model. What it would refuse is
 * refused here too.
 */
export const inspect = async (
  shell: Shell,
  { json = false }: { readonly json: boolean | undefined },
  ...args: readonly string[]
): Promise<number> => {
  const {
    words: [word],
    overrides,
  } = splitOverrides(args);
  const raw = await readConfigArguments([...(word === undefined ? [] : [`data_dir=${word}`]), ...overrides], shell, {
    looksForFile: word === undefined,
  });
  await using task = await readyTask(raw, runHost(shell), {
    signal: shell.signal,
    log: shell.err,
    makeReady: (executor) => makeReady({ executor }, { ...shell, out: shell.err }),
  });
  shell.out(json ? JSON.stringify(inspectionOf(task.prepared), null, 2) : renderInspection(task.prepared).join("\n"));
  return 0;
};
