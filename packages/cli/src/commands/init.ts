import { init as askAndWrite, terminalQuestions, type InitFlags } from "@aide-ts/init";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";

/** `aide init`: writes a first config by asking. */
export const init = (shell: Shell, flags: InitFlags, ...words: readonly string[]): Promise<number> =>
  askAndWrite(
    {
      ...shell,
      host: runHost(shell),
      makeReady: (executor) => makeReady({ executor }, { ...shell, out: shell.err }),
      ...(shell.ask === undefined ? {} : { questions: terminalQuestions }),
    },
    flags,
    ...words,
  );
