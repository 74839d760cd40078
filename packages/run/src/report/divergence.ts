import { divergenceOf, type Divergence } from "@aide-ts/core";
import type { Json } from "@aide-ts/plugin";
import { formatPatch, structuredPatch } from "diff";
import { promptText } from "./prompt-text.ts";
import { runDiverged } from "../errors/run-folder.ts";

/** A divergence as an error that shows what differs, as a patch from the log to now. */
export const divergenceError = (error: unknown, { discards = false } = {}): unknown => {
  const divergence = divergenceOf(error);
  if (divergence === undefined) return error;
  const facts = { at: divergence.place, ...factsOf(divergence), differs: `\n${patchOf(divergence)}` };
  return runDiverged(error, facts, discards);
};

const factsOf = ({ logged, now }: Divergence): Readonly<Record<string, string>> => {
  const [before, after] = [logged, now].map((one) => (one === undefined ? "nothing" : `${one["phase"] ?? ""}`));
  return before === "" || after === "" || before === undefined || after === undefined
    ? {}
    : { phase: before === after ? before : `${before} in the log, ${after} now` };
};

/** The difference, as a unified diff with a few lines around each change. */
const patchOf = ({ logged, now }: Divergence): string => {
  const patch = structuredPatch("in the log", "now", textOf(logged), textOf(now), undefined, undefined, { context: 3 });
  const lines = formatPatch(patch)
    .split("\n")
    .filter((line) => !line.startsWith("=====") && !line.startsWith("\\ No newline"));
  return lines.join("\n").trimEnd();
};

/** A prompt as prompt files are written, with its settings; anything else as JSON, a value on each line. */
const textOf = (asked: Divergence["now"]): string => {
  if (asked === undefined) return "";
  const { request, ...rest } = asked;
  if (typeof request !== "object" || request === null || !("messages" in request)) return `${pretty(rest)}\n`;
  const { messages: _messages, continueFrom: _continued, ...settings } = request;
  return `${promptText(request)}\n\n=== settings\n${pretty({ role: rest["role"] ?? "", ...settings })}\n`;
};

const pretty = (value: Json): string => JSON.stringify(value, null, 2);
