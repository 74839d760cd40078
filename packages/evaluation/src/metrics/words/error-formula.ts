import { closest, distance } from "fastest-levenshtein";
import type { Reading } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

type Part =
  | "root"
  | "mean"
  | "median"
  | "max"
  | "sum"
  | "squared"
  | "absolute"
  | "percentage"
  | "log"
  | "symmetric"
  | "weighted"
  | "other"
  | "noun"
  | "filler";

const words: readonly (readonly [Part, string])[] = [
  ["root", "root rooted sqrt"],
  ["mean", "mean average averaged avg"],
  ["median", "median"],
  ["max", "max maximum maximal largest"],
  ["sum", "sum total summed"],
  ["squared", "squared square squares"],
  ["absolute", "absolute abs"],
  ["percentage", "percentage percent relative"],
  ["log", "log logs logarithm logarithms logarithmic ln"],
  ["symmetric", "symmetric"],
  ["weighted", "weighted"],
  ["other", "scaled normalized normalised standardized standardised trimmed geometric bias signed"],
  ["noun", "error errors difference differences deviation deviations residual residuals distance distances"],
  ["filler", "of the all an a"],
];

const known = new Map(words.flatMap(([part, list]) => list.split(" ").map((word) => [word, part] as const)));

const longest = [...known.keys()].filter((word) => word.length >= 7);
const mistakes = 2;

/** Long words may be misspelt: "sqaured", "percantage". */
const partOf = (word: string): Part | undefined => {
  const part = known.get(word);
  if (part !== undefined || word.length < 6) return part;
  const meant = closest(word, longest);
  return distance(word, meant) <= mistakes ? known.get(meant) : undefined;
};

interface Run {
  readonly parts: readonly Part[];
  /** The place after the noun. */
  readonly end: number;
}

/** The words of a formula from here on, up to the last noun of errors. */
const runAt = (tokens: readonly Token[], start: number): Run | undefined => {
  const parts: Part[] = [];
  let end: number | undefined;
  let known = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || (at > start && token.apart)) break;
    const found: readonly Part[] =
      token.word === "rms"
        ? ["root", "mean", "squared"]
        : token.word === "square" && tokens[at + 1]?.word === "root"
          ? ["filler"]
          : [partOf(token.word)].filter((part) => part !== undefined);
    if (found.length === 0 || (at === start && (found[0] === "filler" ? token.word !== "square" : found[0] === "noun")))
      break;
    parts.push(...found.filter((part) => part !== "filler"));
    if (found[0] !== "noun") continue;
    end = at + 1;
    known = parts.length;
  }
  return end === undefined ? undefined : { parts: parts.slice(0, known), end };
};

/** What the parts make together: a metric, one that the library lacks, or no metric at all. */
const meaningOf = (parts: readonly Part[], isDeviation: boolean): Reading | undefined => {
  const has = (part: Part) => parts.includes(part);
  const known = (name: string, strength: Reading["strength"] = "plain"): Reading => ({ kind: "name", name, strength });
  const unknown: Reading = {
    kind: "unknown",
    strength: has("mean") || has("root") || has("median") ? "plain" : "weak",
  };
  const powered = has("squared") || has("absolute");
  if (has("other") || has("sum")) return powered || has("percentage") ? unknown : undefined;
  const logOutside = has("log") && parts.indexOf("log") < Math.max(parts.indexOf("mean"), parts.indexOf("root"));
  const strength = has("mean") || has("median") || has("max") ? "plain" : "weak";
  if (has("squared")) {
    if (has("absolute") || has("median") || has("max") || has("symmetric") || has("weighted") || logOutside)
      return unknown;
    if (has("root")) {
      if (!has("mean")) return undefined;
      return has("log") ? known("rmsle") : known(has("percentage") ? "rmspe" : "rmse");
    }
    return has("percentage") ? unknown : known(has("log") ? "msle" : "mse", strength);
  }
  if (has("root")) return undefined;
  if (has("absolute")) {
    if (has("log")) return unknown;
    if (has("median")) return has("percentage") || has("weighted") || isDeviation ? unknown : known("medae");
    if (has("max")) return has("percentage") || has("weighted") ? unknown : known("max_error");
    if (has("percentage")) return known(has("symmetric") ? "smape" : has("weighted") ? "wmape" : "mape", strength);
    return has("weighted") || has("symmetric") ? unknown : known("mae", strength);
  }
  if (has("percentage") || has("log")) return has("mean") || has("median") ? unknown : undefined;
  if (has("max")) return parts.length === 2 ? known("max_error", "weak") : undefined;
  return undefined;
};

/** An error of numbers in words, as "the square root of the mean of the squared differences", from this token on. */
export const errorFormulaAt = (
  tokens: readonly Token[],
  start: number,
): { readonly reading: Reading; readonly end: number } | undefined => {
  const run = runAt(tokens, start);
  if (run === undefined) return undefined;
  const noun = tokens[run.end - 1]?.word ?? "";
  const reading = meaningOf(run.parts, noun.startsWith("deviation"));
  if (reading === undefined) return undefined;
  // "Largest difference" and "squared distance" are words for many things: only errors are always those of predictions.
  const isError = /^(error|residual)/.test(noun) || reading.strength === "plain";
  return isError ? { reading, end: run.end } : undefined;
};
