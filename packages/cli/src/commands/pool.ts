import { freezeRuns, replayPools } from "@aide-ts/pool";
import { runHost } from "../run-host.ts";
import type { Shell } from "../shell.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";

const poolShell = (shell: Shell) => ({
  ...shell,
  host: runHost(shell),
  readConfig: (words: readonly string[]) => readConfigArguments(words, shell, { looksForFile: false }),
});

/** `aide pool freeze` */
export const freeze = (shell: Shell, ...rest: OmitShell<typeof freezeRuns>): Promise<number> =>
  freezeRuns(poolShell(shell), ...rest);

/** `aide pool replay` */
export const replay = (shell: Shell, ...rest: OmitShell<typeof replayPools>): Promise<number> =>
  replayPools(poolShell(shell), ...rest);

type OmitShell<COMMAND> = COMMAND extends (shell: never, ...rest: infer REST) => unknown ? REST : never;
