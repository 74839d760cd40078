import { AideError, isStop } from "@aide-ts/plugin";
import { asSystemError } from "@aide-ts/run";
import { alignedTable } from "@aide-ts/run/report";

/** How an error reads on the command line, and the exit code that follows from whose fault it is. Only ours shows a stack. */
export const renderError = (thrown: unknown): { readonly text: string; readonly exitCode: number } => {
  const error = asSystemError(thrown) ?? thrown;
  if (AideError.is(error)) {
    const lines = alignedTable(Object.entries({ ...error.facts, fix: error.fix })).map((line) => `  ${line}`);
    const stack = error.fault === "internal" && error.stack !== undefined ? `\n${error.stack}` : "";
    return {
      text: `${error.code}  ${error.message}\n${lines.join("\n")}${stack}`,
      exitCode: error.fault === "user" || error.fault === "plugin" ? 2 : 1,
    };
  }
  if (isStop(error)) return { text: error.message, exitCode: error.reason === "user" ? 130 : 1 };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `AIDE_INTERNAL  ${text}\n  fix  This is a bug of aide: please report it with the lines above.`,
    exitCode: 1,
  };
};
