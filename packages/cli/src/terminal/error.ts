import { AideError, isStop } from "@aide-ts/plugin";
import { asSystemError } from "@aide-ts/run";
import { alignedTable } from "@aide-ts/run/report";
import { unforeseen } from "../errors.ts";

/** How an error reads on the command line, and the exit code that follows from whose fault it is. Only ours shows a stack. */
export const renderError = (thrown: unknown): { readonly text: string; readonly exitCode: number } => {
  const error = asSystemError(thrown) ?? thrown;
  if (AideError.is(error)) {
    const stack = error.fault === "internal" && error.stack !== undefined ? `\n${error.stack}` : "";
    return {
      text: `${linesOf(error)}${stack}`,
      exitCode: error.fault === "user" || error.fault === "plugin" ? 2 : 1,
    };
  }
  if (isStop(error)) return { text: error.message, exitCode: error.reason === "user" ? 130 : 1 };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: linesOf(unforeseen(text)), exitCode: 1 };
};

const linesOf = ({ code, message, facts, fix }: AideError): string =>
  [`${code}  ${message}`, ...alignedTable(Object.entries({ ...facts, fix })).map((line) => `  ${line}`)].join("\n");
