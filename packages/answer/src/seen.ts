import { fencedBlocks, type Fenced } from "./blocks/fences.ts";
import { languageOf } from "./blocks/language.ts";
import { hasStatement } from "./python/statements.ts";
import type { AnswerParts } from "./reasoning.ts";

/** What an answer without a script holds instead, in a few words: for whoever wonders why there is none, and for the model itself. */
export const seenIn = ({ stretches, open }: AnswerParts): string => {
  const of = (kind: string) =>
    stretches
      .filter((stretch) => stretch.kind === kind)
      .map(({ text }) => text)
      .join("\n")
      .trim();
  const [text, thought, call] = [of("text"), of("thought"), of("call")];
  if (text !== "") return textSeen(text);
  if (call !== "") return `a tool call without code (${characters(call.length)})`;
  if (open) return `a thought that was never closed (${characters(thought.length)})`;
  return thought === "" ? "nothing at all" : `a thought (${characters(thought.length)}) and nothing after it`;
};

const textSeen = (text: string): string => {
  const blocks = fencedBlocks(text);
  if (blocks.length > 0) return blocksSeen(blocks, text.length);
  return /^[{[]/.test(text)
    ? `JSON without code (${characters(text.length)})`
    : `prose of ${characters(text.length)}, no fence`;
};

const kindsShown = 3;

const blocksSeen = (blocks: readonly Fenced[], length: number): string => {
  const counts = new Map<string, number>();
  for (const kind of blocks.map(kindOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].slice(0, kindsShown).map(([kind, count], at) => {
    const fenced = at === 0 ? ` fenced block${count === 1 ? "" : "s"}` : "";
    return `${count === 1 ? "one" : grouped(count)}${fenced} of ${kind}`;
  });
  if (counts.size > kindsShown) kinds.push("others");
  const listed = [kinds.slice(0, -1).join(", "), ...kinds.slice(-1)].filter((part) => part !== "").join(" and ");
  const outside = blocks.reduce((left, { start, end }) => left - (end - start), length);
  return `${listed}, ${characters(outside)} of text`;
};

/** Python that is no script either does nothing or was cut off. */
const kindOf = ({ info, body }: Fenced): string => {
  if (body.trim() === "") return "nothing";
  const language = languageOf(info);
  if (language === "python") return hasStatement(body) ? "python that breaks off" : "python without a statement";
  const [word = ""] = /^[\w+#.-]{1,20}/.exec(info) ?? [];
  return word === "" ? "no language" : word;
};

const grouped = (count: number): string => count.toLocaleString("en-US");

const characters = (count: number): string => `${grouped(count)} character${count === 1 ? "" : "s"}`;
