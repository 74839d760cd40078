import type { Reading } from "./lexicon.ts";

/** What words beside a metric make of it. */
export type Change =
  | "macro"
  | "micro"
  | "weighted"
  | "balanced"
  | "one-vs-rest"
  | "one-vs-one"
  | "quadratic"
  | "linear"
  | "log"
  | "percentage"
  | "root"
  | "symmetric"
  | "words"
  | "mean"
  | "other";

/** Without a change: words that say nothing that matters here. */
type Pattern = readonly [words: string, change?: Change];

interface Rule {
  readonly words: RegExp;
  readonly change: Change | undefined;
}

const classes = "(?:class|label|categor(?:y|ie)|species)";
const averaging = "(?: ?averag(?:e|ed|ing)| mean)?";

const patternsBefore: readonly Pattern[] = [
  [`unweighted(?: mean| average)?(?: of)?(?: the| all)?(?: per)?(?: ${classes}(?: wise)?)?`, "macro"],
  [
    `(?:mean|average|averaged)(?: of)?(?: the| all| its)?(?: individual)? (?:per|each|every|all) ${classes}(?: s)?`,
    "macro",
  ],
  [`(?:per ${classes}|${classes} ?wise|${classes} averaged)(?: mean| average| averaged)?`, "macro"],
  [`macro${averaging}`, "macro"],
  [`micro${averaging}`, "micro"],
  [
    `(?:(?:class|support|frequency|prevalence|label|sample|population|time|cost|volume) )?weighted${averaging}(?: of)?(?: the)?`,
    "weighted",
  ],
  ["balanced", "balanced"],
  ["one (?:vs|versus|against|v)(?: the)? (?:rest|all)|ovr|ova", "one-vs-rest"],
  ["one (?:vs|versus|against|v) one|ovo|pair ?wise", "one-vs-one"],
  ["quadratic(?:ally)?", "quadratic"],
  ["linear(?:ly)?", "linear"],
  ["log(?:arithmic)?", "log"],
  ["(?:percentage|relative)", "percentage"],
  ["root|sqrt", "root"],
  ["symmetric", "symmetric"],
  ["word(?: level)?", "words"],
  [
    "(?:variant|version|variation|modification|extension|generali[sz]ation|adaptation|combination|product|log|logarithm|sum|function|inverse|square|ratio|difference) (?:of|between)(?: the| a| an| their)?",
    "other",
  ],
  [
    "(?:modified|custom|adjusted|partial|normali[sz]ed|scaled|probabilistic|smoothed|soft|generali[sz]ed|cumulative|sensitive|asymmetric|hierarchical|clipped|capped|truncated|standardi[sz]ed|based|level|ranked|penali[sz]ed|masked|focal|trimmed|worst|squared|samples?|instance|example|pixel|concordance|intraclass|serial|global|geometric|harmonic|conditional)(?: wise)?",
    "other",
  ],
  ["(?:mean|average|averaged|avg)(?: of)?(?: the| all)?(?: individual)?(?: per)? (?:column|target|output)s?(?: wise)?"],
  ["(?:1|one)(?: minus)?", "other"],
  ["(?:column|target|output) ?wise|per (?:column|target|output)|individual"],
  [
    "(?:multi|multi ?class|multi ?label|multinomial|binary|overall|standard|usual|simple|plain|uniform|arithmetic|averaged|final|classic(?:al)?|neg(?:ative)?|sklearn|scikit learn|learn|s)",
  ],
  ["(?:mean|average|avg)(?: of)?(?: the)?", "mean"],
];

const patternsAfter: readonly Pattern[] = [
  ["(?:score|metric|measure|index|value|statistic|coefficient|loss)s?"],
  [`(?:with |using |and |as |in )?(?:the |a )?macro${averaging}`, "macro"],
  [`(?:with |using |and |as |in )?(?:the |a )?micro${averaging}`, "micro"],
  [`(?:with |using |and |as |in )?(?:the |a )?weighted(?: ?averag(?:e|ing)| mean)`, "weighted"],
  ["weighted", "weighted"],
  ["(?:with |using )?one (?:vs|versus|against|v)(?: the)? (?:rest|all)|ovr|ova", "one-vs-rest"],
  ["(?:with |using )?one (?:vs|versus|against|v) one|ovo", "one-vs-one"],
  ["with (?:a )?quadratic weight(?:s|ing)?|(?:with )?weights quadratic", "quadratic"],
  ["with (?:a )?linear weight(?:s|ing)?|(?:with )?weights linear", "linear"],
  [
    `(?:is |are |will be )?(?:computed |calculated |averaged |taken |averaging )?(?:separately )?(?:(?:over|across|for|of|per) (?:each |every |all |all the |all of the )(?:individual |\\w+ )??${classes}(?:s|es)?|(?:over|across) (?:the )?${classes}(?:s|es)|per ${classes})(?: and (?:then )?averaged)?`,
    "macro",
  ],
  [
    "averaged? (?:over|across) (?:all |the |all the |both |\\d+ |each )*(?:columns?|targets?|outputs?|rows?|samples?|folds?)",
  ],
  ["averag(?:e|ed|ing)"],
];

const before: readonly Rule[] = patternsBefore.map(([words, change]) => ({
  words: new RegExp(`(?:^| )(?:${words})$`),
  change,
}));
const after: readonly Rule[] = patternsAfter.map(([words, change]) => ({
  words: new RegExp(`^(?:${words})(?: |$)`),
  change,
}));

/** What words beside a metric make of it, and how many of them do. */
interface Beside {
  readonly changes: readonly Change[];
  readonly words: number;
}

const count = (text: string): number => (text === "" ? 0 : text.split(" ").length);

/** Takes one rule's words off the text after another, as long as one fits. */
const takeOff = (text: string, rules: readonly Rule[]): Beside => {
  const changes: Change[] = [];
  let rest = text;
  for (;;) {
    const rule = rules.find(({ words }) => words.test(rest));
    if (rule === undefined) return { changes, words: count(text) - count(rest) };
    rest = rest.replace(rule.words, "").trim();
    if (rule.change !== undefined) changes.push(rule.change);
  }
};

/** Of words without signs, up to the metric. */
export const changesBefore = (words: string): Beside => takeOff(words, before);

/** Of words without signs, from the metric on. */
export const changesAfter = (words: string): Beside => takeOff(words, after);

const inArguments: Readonly<Record<string, Change>> = {
  macro: "macro",
  micro: "micro",
  weighted: "weighted",
  quadratic: "quadratic",
  linear: "linear",
  ovr: "one-vs-rest",
  ovo: "one-vs-one",
  false: "root",
};

/** Of scikit-learn's functions, as `f1_score(y, p, average="macro")`: what stands in the brackets after the name. */
export const changesInArguments = (after: string): readonly Change[] => {
  const given = /^ ?\([^()]*\)/.exec(after)?.[0] ?? "";
  const values = given.matchAll(/\b(?:average|weights|multi_class|squared) ?= ?["']?(\w+)/g);
  return [...values].flatMap(([, value = ""]) => inArguments[value.toLowerCase()] ?? []);
};

const averages: readonly Change[] = ["macro", "micro", "weighted"];

const averaged = ["f1", "fbeta", "precision", "recall", "jaccard"];

/** The only change that some metrics know. */
const alone: Readonly<Record<string, Partial<Record<Change, string>>>> = {
  accuracy: { balanced: "balanced_accuracy", macro: "balanced_accuracy", micro: "accuracy" },
  average_precision: { macro: "average_precision" },
  cohen_kappa: { quadratic: "quadratic_kappa", linear: "linear_kappa" },
  rmse: { log: "rmsle", percentage: "rmspe" },
  mse: { log: "msle", root: "rmse" },
  msle: { root: "rmsle" },
  mae: { percentage: "mape" },
  mape: { symmetric: "smape", weighted: "wmape" },
  logloss: { macro: "logloss", "one-vs-rest": "logloss" },
  brier: { macro: "brier" },
};

const changed = (name: string, changes: ReadonlySet<Change>): string | undefined => {
  const [first, second] = changes;
  if (changes.has("other")) return undefined;
  if (first === undefined) return name;
  const [family = name, parameter = ""] = name.split(/(?=:)/);
  if (averaged.includes(family)) {
    if (second !== undefined) return undefined;
    if (family === "jaccard" && first === "words") return "word_jaccard";
    return averages.includes(first) ? `${family}_${first}${parameter}` : undefined;
  }
  if (name === "auc") return changedAuc(changes);
  return second === undefined ? alone[name]?.[first] : undefined;
};

const changedAuc = (changes: ReadonlySet<Change>): string | undefined => {
  const others = [...changes].filter((change) => !["macro", "one-vs-rest", "one-vs-one", "weighted"].includes(change));
  if (others.length > 0) return undefined;
  if (changes.has("one-vs-one")) return changes.has("weighted") || changes.has("one-vs-rest") ? undefined : "auc_ovo";
  if (changes.has("weighted")) return changes.has("one-vs-rest") ? "auc_weighted" : undefined;
  return "auc";
};

/** What a metric is under the changes; one that the library lacks is unknown, and a mean of F1 could be any average of classes. */
export const withChanges = (reading: Reading, found: readonly Change[]): Reading => {
  const changes = new Set(found.filter((change) => change !== "mean"));
  const { strength } = reading;
  if (reading.kind !== "name") return changes.has("other") ? { kind: "unknown", strength } : reading;
  if (found.includes("mean") && changes.size === 0 && reading.name === "f1")
    return { kind: "unclear", candidates: averages.map((average) => `f1_${average}`), strength };
  const name = changed(reading.name, changes);
  return name === undefined ? { kind: "unknown", strength } : { ...reading, name };
};
