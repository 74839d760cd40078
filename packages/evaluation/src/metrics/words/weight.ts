import { isAside, isResult } from "./asides.ts";
import { isAskedFor, isOfTheTask, isScoredBy } from "./cues.ts";
import { isAlone, isMetric } from "./everyday-words.ts";
import type { Mention } from "./mentions.ts";
import type { Token } from "./tokens.ts";

/** How surely a sentence says that predictions are scored by what it names, the surest first. */
export const weights = ["decided", "scored-by", "named", "mentioned"] as const;

export type Weight = (typeof weights)[number] | "not-meant";

interface Place {
  readonly sentence: string;
  readonly tokens: readonly Token[];
  readonly mention: Mention;
}

/** How a mention is meant in its sentence; `joined`: the weight of one that it stands in one breath with. */
export const weightOf = ({ sentence, tokens, mention }: Place, joined?: Weight): Weight => {
  const before = sentence.slice(0, tokens[mention.start]?.start ?? 0).toLowerCase();
  const after = sentence.slice(tokens[mention.end - 1]?.end ?? sentence.length).toLowerCase();
  const isScored = joined === "decided" || joined === "scored-by" || isScoredBy(before, after);
  const isNamed = isScored || joined === "named" || isAskedFor(before, after) || isAlone(before, after);
  const isEveryday = mention.reading.strength !== "plain";
  if (isEveryday && (!isNamed || !isMetric(before, after, isScored))) return "not-meant";
  if (isAside(before, after)) return "not-meant";
  if (isResult(after) || !isNamed) return "mentioned";
  if (!isScored) return "named";
  return joined === "decided" || isOfTheTask(before, after) ? "decided" : "scored-by";
};
