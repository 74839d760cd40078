import type { CodeBlock } from "../blocks/block.ts";
import { namesOf } from "../python/names.ts";
import { tolerantSyntaxOf } from "../python/syntax.ts";
import { chooseVersion } from "./choose.ts";
import { joined } from "./join.ts";
import { partOf, type Part } from "./part.ts";
import { writes } from "./version.ts";

/** The last so many blocks are read: no script has more parts. */
const mostBlocks = 64;

/**
 * The script that the Python blocks of an answer make. Where Python reads none of them, the last closed one is taken, else the last: what runs it says what is
 * wrong. `undefined` where there is none, or where the answer was cut off before its script was whole.
 */
export const scriptOf = (blocks: readonly CodeBlock[], isCutOff: boolean): string | undefined => {
  const last = blocks.slice(-mostBlocks);
  const sound = last.flatMap(({ code, tree, closed }) => (tree === undefined ? [] : [{ code, tree, closed }]));
  const closed = sound.filter((block) => block.closed);
  const [only, ...others] = isCutOff && closed.length > 0 ? closed : sound;
  if (only === undefined) {
    const broken = last.findLast((block) => block.closed) ?? last.at(-1);
    return broken === undefined || (!broken.closed && isCutOff) ? undefined : finished(broken.code);
  }
  const unfinished = isCutOff ? last.findLast((block) => !block.closed) : undefined;
  if (others.length === 0 && (unfinished === undefined || unfinished.code === only.code)) return finished(only.code);
  const version = chooseVersion([only, ...others].map(({ code, tree }) => partOf(code, tree)));
  if (unfinished !== undefined && !writes(version) && buildsOn(unfinished.code, version.parts)) return undefined;
  return finished(joined(version));
};

const finished = (code: string): string => `${code.trim()}\n`;

/** As much of a block that was cut off as is looked at. */
const seen = 20_000;

const buildsOn = (code: string, parts: readonly Part[]): boolean => {
  const start = code.slice(0, seen);
  const { needs } = namesOf(tolerantSyntaxOf(start), start);
  return parts.some(({ names }) => !names.defines.isDisjointFrom(needs));
};
