import { AideError, isStop } from "@aide-ts/plugin";
import { unforeseen } from "../errors.ts";

/** How an error reads, and the exit code that follows from whose fault it is. */
export const errorText = (thrown: unknown): { readonly text: string; readonly exitCode: number } => {
  if (isStop(thrown)) return { text: thrown.message, exitCode: 130 };
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const error = AideError.is(thrown) ? thrown : unforeseen(text);
  const facts = Object.entries({ ...error.facts, fix: error.fix });
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, fact]) => `  ${name.padEnd(width)}  ${fact}`);
  return { text: [`${error.code}  ${error.message}`, ...lines].join("\n"), exitCode: error.fault === "user" ? 2 : 1 };
};
