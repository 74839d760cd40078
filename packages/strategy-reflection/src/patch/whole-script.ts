import { extractCandidate, splitReasoning } from "@aide-ts/answer";
import type { Finish } from "@aide-ts/plugin";
import type { ParsedAnswer } from "./answer.ts";
import { withScript } from "./edited-text.ts";
import { contentOf, splitLines } from "./lines.ts";

/** Below this share of the original's lines a script is taken for a part of it. */
const leastShare = 0.5;

/**
 * A whole script as an edit of the original. Its edges and line ends are the original's: extraction takes blank lines at the edges off, so those of
 * the answer are unknown.
 * @param isCutOff a script that the answer ends in may then lack lines.
 */
export const readWholeScript = (answer: string, original: string, finish: Finish, isCutOff: boolean): ParsedAnswer => {
  const { code, defect } = extractCandidate(answer, finish);
  if (code === "") {
    const cut = defect === "truncated" || defect === "repetition";
    return { kind: "refused", form: "script", reason: cut ? { why: "truncated", block: 1 } : { why: "no-edit" } };
  }
  const script = splitLines(code).map(contentOf);
  const answerLines = splitLines(splitReasoning(answer).text.trimEnd());
  if (isCutOff && contentOf(answerLines.at(-1) ?? "").trim() === script.at(-1)?.trim())
    return { kind: "refused", form: "script", reason: { why: "truncated", block: 1 } };
  const [lines, of] = [codeLines(script), codeLines(splitLines(original))];
  if (lines < of * leastShare) return { kind: "refused", form: "script", reason: { why: "fragment", lines, of } };
  const inner = original.trim();
  const start = original.indexOf(inner);
  const edges = { before: original.slice(0, start), after: original.slice(start + inner.length) };
  const whole = inner === "" ? code : `${edges.before}${code.trim()}${edges.after}`;
  const text = withScript(splitLines(whole).map(contentOf), original);
  const usesOwnEnds = answer.includes("\r\n") !== original.includes("\r\n");
  return { kind: "edit", form: "script", text, tolerated: usesOwnEnds ? ["line-ends"] : [] };
};

const codeLines = (lines: readonly string[]): number => lines.filter((line) => line.trim() !== "").length;
