import { suggest } from "@aide-ts/core";
import { names } from "./names.ts";
import { squashed } from "./spelling.ts";

/** Words of metrics whose names are made of first letters, and of others that they stand near. */
const inWords: Readonly<Record<string, string>> = {
  rmse: "root mean squared error deviation",
  rmsle: "root mean squared logarithmic log error",
  mse: "mean squared error",
  msle: "mean squared logarithmic log error",
  mae: "mean absolute error deviation",
  medae: "median absolute error deviation",
  mape: "mean absolute percentage error",
  smape: "symmetric mean absolute percentage error",
  wmape: "weighted mean absolute percentage error",
  rmspe: "root mean squared percentage error",
  max_error: "max maximum error",
  f1: "dice sorensen overlap",
  jaccard: "intersection over union iou overlap",
  logloss: "divergence kullback leibler perplexity likelihood calibration",
  levenshtein: "word character error rate",
  spearman: "concordance",
  "pinball:#": "pinball quantile interval crps winkler loss",
  "map@#": "mean average precision",
};

const wordsIn = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[a-z]{3,}|\b[a-z]\d/g));

const bags = new Map(
  Object.entries(names).map(([name, { plain = [], weak = [] }]) => [
    name,
    wordsIn([name, inWords[name] ?? "", ...plain, ...weak].join(" ").replaceAll("f 1", "f1")),
  ]),
);

/** Words of few metrics are more informative than those of many. */
const informativeness = (word: string): number => {
  const having = [...bags.values()].filter((bag) => bag.has(word)).length;
  return having === 0 ? 0 : Math.log(1 + bags.size / having);
};

/** With a parameter in place of `#`, so that the name can be written as it is. */
const example = (name: string): string =>
  name
    .replace("@#", "@5")
    .replace("tweedie_deviance:#", "tweedie_deviance:1.5")
    .replace("fbeta:#", "fbeta:2")
    .replace(":#", ":0.9");

const shown = 3;

/** Names of the library that come nearest to the words: by words they share, and by letters. */
export const nearestNames = (words: string): readonly string[] => {
  const own = [...wordsIn(words)];
  const shared = [...bags]
    .map(([name, bag]) => ({
      name,
      share:
        own.filter((word) => bag.has(word)).reduce((sum, word) => sum + informativeness(word), 0) /
        Math.sqrt(3 + bag.size),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .map(({ name }) => name);
  const alike = suggest(squashed(words), Object.keys(names));
  return [...new Set([...(alike === undefined ? [] : [alike]), ...shared])].slice(0, shown).map(example);
};
