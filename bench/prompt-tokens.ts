import { readFileSync } from "node:fs";
import { parseEvents } from "@aide-ts/core";

/** What the model calls of a run's log had as prompts, in tokens, call by call: all, and those that had to be evaluated. */
export const promptTokens = (
  file: string,
): { readonly all: readonly number[]; readonly evaluated: readonly number[] } => {
  const { events } = parseEvents(readFileSync(file), file);
  const calls = events.flatMap((event) =>
    event.type === "effect-ended" && event.spent !== undefined ? [event.spent] : [],
  );
  return { all: calls.map(({ prompt }) => prompt), evaluated: calls.map(({ prompt, cached }) => prompt - cached) };
};
