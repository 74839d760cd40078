import type { Candidate, Finish } from "@aide-ts/plugin";
import { blockOf, type CodeBlock } from "./blocks/block.ts";
import { codeIn } from "./blocks/find.ts";
import { planOf } from "./plan.ts";
import { hasStatement } from "./python/statements.ts";
import { partsOfAnswer } from "./reasoning.ts";
import { scriptOf } from "./script/script.ts";
import { seenIn } from "./seen.ts";
import { firstTurn } from "./thoughts/turn-ends.ts";

/**
 * Reads plan and script out of an answer. The script is what the Python blocks make together: those that build on each other joined, of several whole scripts the
 * last. Reasoning is split off first, so code that was only thought of is never taken; a script that was sent to a tool is, where the text holds none.
 */
export const extractCandidate = (answer: string, finish: Finish): Candidate => {
  const parts = partsOfAnswer(answer);
  const of = (kind: string) => parts.stretches.filter((part) => part.kind === kind).map(({ text }) => firstTurn(text));
  const texts = of("text").filter((text) => text.trim() !== "");
  let plan: string | undefined;
  for (const text of texts.toReversed()) {
    const found = codeIn(text);
    const code = scriptOf(found.blocks, isCutOff(finish));
    if (code !== undefined) return { plan: planOf(text, found), code };
    plan ??= planOf(text, found);
  }
  const called = scriptOf(of("call").flatMap(calledBlocks), isCutOff(finish));
  if (called !== undefined) return { plan: plan ?? "", code: called };
  return { plan: plan ?? "", code: "", defect: defectOf(finish), seen: seenIn(parts) };
};

/** What is sent to an interpreter needs no wrapper. */
const calledBlocks = (call: string): readonly CodeBlock[] => {
  const { blocks } = codeIn(call);
  if (blocks.length > 0) return blocks;
  const block = blockOf(call, { closed: true, start: 0, end: call.length });
  return hasStatement(block.code) && block.tree !== undefined ? [block] : [];
};

const isCutOff = (finish: Finish): boolean =>
  finish === "length" || finish === "length-in-thought" || finish === "repetition";

const defectOf = (finish: Finish): NonNullable<Candidate["defect"]> => {
  if (finish === "repetition") return "repetition";
  return isCutOff(finish) ? "truncated" : "no-code";
};
