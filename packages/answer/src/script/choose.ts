import { isExcerpt, type Part } from "./part.ts";
import { completeness, endsInExample, linesOf, versionEndingAt, writes, type Version } from "./version.ts";

/** Without a result to go by, a script that is this many times as long as a later one is no draft of it. */
const dwarfed = 3;

/**
 * The script among the Python blocks of an answer. Blocks that need names of earlier ones are joined with them; of whole scripts the last is taken.
 * What follows a whole script and only uses it, shows a part of it, or sketches a function is left out.
 */
export const chooseVersion = (parts: readonly Part[]): Version => {
  let best: Version = { parts: [], imports: [], resolved: true };
  let [score, lastPart] = [-1, -1];
  for (let end = parts.length - 1; end >= 0; end--) {
    const version = versionEndingAt(parts, end);
    if (endsInExample(version) || isShownInSteps(version, parts)) continue;
    const own = completeness(version);
    const isDraft = own < score || (own === score && (writes(version) || linesOf(version) <= dwarfed * linesOf(best)));
    if (isDraft) continue;
    [best, score, lastPart] = [version, own, end];
  }
  return best.parts.length > 1 ? { ...best, parts: withRest(best.parts, parts.slice(lastPart + 1)) } : best;
};

/** A whole script shown once more in steps, to explain it. */
const isShownInSteps = ({ parts }: Version, all: readonly Part[]): boolean => {
  const [first] = parts;
  if (first === undefined || parts.length < 2) return false;
  const before = all.slice(0, all.indexOf(first));
  return before.some((whole) => parts.every((part) => isExcerpt(part, [whole])));
};

/** A script in steps goes on after its result is written: to print a score, say. */
const withRest = (steps: readonly Part[], rest: readonly Part[]): readonly Part[] => {
  const all = [...steps];
  for (const part of rest) {
    const { needs } = part.names;
    const defined = (name: string) => all.some(({ names }) => names.defines.has(name));
    if (needs.size > 0 && [...needs].every(defined) && !isExcerpt(part, all)) all.push(part);
  }
  return all;
};
