import { execa } from "execa";

export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Runs a program with these variables alone. Rejects with the signal's reason when that fires.
 * @returns what it printed, where it failed; `undefined` where it did not
 */
export const runProgram = async ({ command, args, variables, signal }: ProgramRun): Promise<string | undefined> => {
  const ran = await execa(command, args, {
    env: variables,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  return ran.failed ? ran.all?.trim() || (ran.shortMessage ?? command) : undefined;
};
