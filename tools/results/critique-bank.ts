import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { splitReasoning } from "../../packages/answer/src/index.ts";
import { parseEvents } from "../../packages/core/src/index.ts";
import { frozenCases } from "../../packages/repair-bench/src/index.ts";
import { readCritique } from "../../packages/strategy-reflection/src/reflection/critique.ts";
import { sentinel } from "../../packages/strategy-reflection/src/reflection/two-phase.ts";

/** Freezes the critic's answers on the repair benchmark, in the arm `reflection`: node tools/results/critique-bank.ts BENCH BANK */
const [bench = "", bank = ""] = process.argv.slice(2);

const critiqueIn = (file: string): string | undefined => {
  const { events } = parseEvents(readFileSync(file), file);
  const asked = events.find(
    (event) => event.type === "effect-started" && event.kind === "generate" && event.details["phase"] === "critique",
  );
  if (asked?.type !== "effect-started") return undefined;
  const ended = events.find((event) => event.type === "effect-ended" && event.place === asked.place);
  const value = ended?.type === "effect-ended" ? ended.value : undefined;
  if (typeof value !== "object" || value === null || !("text" in value) || typeof value.text !== "string")
    return undefined;
  return splitReasoning(value.text).text.trim();
};

const entries = frozenCases().flatMap(({ name, task, failure }) => {
  const file = join(bench, "cells", name, "reflection.jsonl");
  const critique = existsSync(file) ? critiqueIn(file) : undefined;
  return critique === undefined || readCritique(critique, sentinel).kind !== "findings"
    ? []
    : [{ task: task.goal, failure: failure.exception ?? failure.cause, critique }];
});
writeFileSync(bank, `${JSON.stringify(entries, null, 2)}\n`);
console.log(`${entries.length} critiques`);
