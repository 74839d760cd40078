import { run, type StricliProcess } from "@stricli/core";
import { application, commandNames } from "./declarations/application.ts";
import type { Shell } from "./shell.ts";
import type { Failure } from "./terminal/failure.ts";

/** Runs the command that the arguments begin with, and gives its exit code. The one place where errors become text. */
export const runCommand = async (
  args: readonly string[],
  stdout: StricliProcess["stdout"],
  shellOf: () => Promise<Shell>,
): Promise<number> => {
  const failures: Failure[] = [];
  const ended: StricliProcess = { stdout, stderr: { write: () => undefined } };
  await run(
    application((failure) => failures.push(failure)),
    args,
    { process: ended, forCommand: async () => ({ process: ended, shell: await shellOf() }) },
  );
  const [failure] = failures;
  if (failure === undefined) return Number(ended.exitCode ?? 0);
  const { err, signal } = await shellOf();
  if (failure.kind === "command" && signal.aborted && isDueTo(signal.reason, failure.error)) return 130;
  const { renderFailure } = await import("./terminal/failure.ts");
  const { text, exitCode } = renderFailure(failure, args, commandNames);
  err(text);
  return exitCode;
};

const isDueTo = (reason: unknown, error: unknown): boolean =>
  error === reason || (error instanceof Error && error.cause === reason);
