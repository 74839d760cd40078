import { run, type StricliProcess } from "@stricli/core";
import { application, commandNames } from "./declarations/application.ts";
import { processShell } from "./process-shell.ts";
import type { Failure } from "./terminal/failure.ts";

/** Runs the command that the arguments begin with, and gives its exit code. The one place where errors become text. */
export const runCommand = async (args: readonly string[]): Promise<number> => {
  const failures: Failure[] = [];
  const ended: StricliProcess = { stdout: process.stdout, stderr: { write: () => undefined } };
  await run(
    application((failure) => failures.push(failure)),
    args,
    { process: ended, forCommand: async () => ({ process: ended, shell: await processShell() }) },
  );
  const [failure] = failures;
  if (failure === undefined) return Number(ended.exitCode ?? 0);
  const { renderFailure } = await import("./terminal/failure.ts");
  const { text, exitCode } = renderFailure(failure, args, commandNames);
  (await processShell()).err(text);
  return exitCode;
};
