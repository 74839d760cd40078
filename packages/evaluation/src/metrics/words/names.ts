/** How people write a metric, as patterns of `spellingsOf`; `#` is a number. */
export interface Names {
  /** Mean nothing else, wherever they stand. */
  readonly plain?: readonly string[];
  /** Are everyday words, or names of other things: they count only where something is scored by them. */
  readonly weak?: readonly string[];
  /** Weak, and everyday words unless they are written in capitals. */
  readonly capitals?: readonly string[];
  /** Mean nothing else in capitals, and are weak otherwise. */
  readonly acronyms?: readonly string[];
}

const multi = "[multi [class]|multinomial|binary|categorical|multi label|mean|average]";
const top = "[k|the] [cutoff|top|first|rank] [of]";
const withK = "[with|where|for] k [is|of]";
const beta = "[with|where|for|using|at] [a] [beta] [value] [of|is|equal to|equals]";
const level = "[at|for|of|with|on] [the] [quantile|level|alpha|tau|q] [level] [of|is]";

/** By the library's name. Errors of numbers in words, as "root mean squared error", are read by `error-formula.ts`. */
export const names: Readonly<Record<string, Names>> = {
  rmse: { plain: ["[mc] rmse", "rmsd", "root mse", "root mean square[d] error"] },
  rmsle: { plain: ["[mc] rmsle", "root mean square[d] log[arithmic] error"] },
  mse: { plain: ["mse", "l2 loss", "mean square[d] error"] },
  msle: { plain: ["msle", "mean square[d] log[arithmic] error"] },
  mae: { plain: ["[mc] l1 loss", "mc mae", "mean absolute error"], acronyms: ["mae"] },
  medae: { plain: ["medae", "mdae", "median absolute error"] },
  mape: { plain: ["mape", "mean absolute percent[age] error"] },
  smape: { plain: ["smape", "symmetric mean absolute percent[age] error"] },
  wmape: { plain: ["wmape", "wape"] },
  rmspe: { plain: ["rmspe", "root mean square[d] percent[age] error"] },
  max_error: {},
  r2: {
    plain: ["r2 (score|coefficient)", "r square[d] [score]", "coefficient of determination"],
    weak: ["r2", "rsq"],
  },
  explained_variance: { plain: ["explained variance [regression] score"], weak: ["explained variance"] },
  poisson_deviance: { plain: ["[mean] poisson (deviance [loss]|loss)"] },
  gamma_deviance: { plain: ["[mean] gamma deviance [loss]"] },
  "tweedie_deviance:#": {
    plain: ["[mean] tweedie (deviance [loss]|loss) [with|at|of|for] [a] [variance] [power|p] [of|is] #"],
  },
  "pinball:#": {
    plain: [
      `[mean] (pinball|quantile|check|tilted absolute) loss [function|score] ${level} #`,
      `[mean] pinball [at] #`,
      "# [quantile] (pinball|quantile) loss",
      "[mean] (pinball|quantile) loss [at|for|of|with|on] [the] # (quantile|(th|st|nd|rd) percentile)",
      "# (th|st|nd|rd) percentile (pinball|quantile) loss",
    ],
  },
  pearson: {
    plain: [
      "pearson[s] [linear|product moment] (r|correlation[s]|rho|coefficient) [coefficient|score]",
      "pearsonr",
      "correlation coefficient",
      "linear correlation",
    ],
    weak: ["pearson", "correlation"],
  },
  spearman: {
    plain: ["spearman[s] [rank] [order] (r|correlation[s]|rho|coefficient) [coefficient|score]", "spearmanr"],
    weak: ["spearman[s] [rank]"],
  },
  kendall: {
    plain: ["kendall[s] [rank] (tau|correlation) [b] [correlation] [coefficient|score]", "kendalltau"],
    weak: ["kendall"],
  },
  gini: {
    plain: ["normali(z|s)ed gini [coefficient|index|score]", "gini (coefficient|score)"],
    weak: ["gini [index]"],
  },
  accuracy: {
    plain: [
      "(classification|categori(z|s)ation|catagorization|multi class|prediction|predictive) accuracy [score]",
      "accuracy score",
      "[correct] classification rate",
      "exact match (accuracy|score|ratio)",
      "subset accuracy",
      "top 1 [classification] accuracy",
    ],
    weak: ["ac[c]uracy", "acc", "exact match", "(percent|percentage|share|fraction|proportion) correct"],
  },
  error_rate: {
    plain: [
      "mis classification (rate|error|loss)",
      "classification error [rate]",
      "(zero one|0 1) loss",
      "top 1 [classification] error [rate]",
      "(1|one) minus [the] accuracy",
      "1 accuracy",
    ],
    weak: ["error rate"],
  },
  hamming_loss: { plain: ["hamming loss", "mean hamming distance"] },
  balanced_accuracy: {
    plain: ["[class] balanced accuracy [score]", "[mean|average] per class accuracy", "unweighted average recall"],
    capitals: ["bac", "uar"],
  },
  f1: {
    plain: [
      "f 1 (score|measure|metric|value)",
      "f (score|measure)",
      "harmonic mean (of|between) [the] (precision and [the] recall|recall and [the] precision)",
    ],
    weak: ["f 1"],
  },
  "fbeta:#": {
    plain: ["f # (score|measure|metric)", `f [beta] [score|measure] ${beta} #`, "f beta #"],
    weak: ["f #"],
  },
  precision: { plain: ["precision score", "positive predictive value"], weak: ["precision"], capitals: ["ppv"] },
  recall: { plain: ["recall score", "true positive rate"], weak: ["recall", "sensitivity"], capitals: ["tpr"] },
  specificity: { plain: ["specificity score", "true negative rate"], weak: ["specificity"], capitals: ["tnr"] },
  jaccard: { plain: ["jaccard[s] (index|score|similarity|coefficient) [score|coefficient]"], weak: ["jaccard"] },
  word_jaccard: {
    plain: [
      "word [level] jaccard [index|score|similarity]",
      "jaccard [index|score|similarity] (of|between|on|over) [the] [sets of] words",
    ],
  },
  mcc: {
    plain: ["matthew[s] [phi] (correlation|coefficient|corr) [coefficient|coef|score]", "phi coefficient"],
    weak: ["matthews"],
    capitals: ["mcc"],
  },
  cohen_kappa: {
    plain: ["cohen[s] [unweighted] kappa [score|coefficient|statistic]", "kappa (score|coefficient|statistic)"],
    weak: ["kappa"],
  },
  linear_kappa: {
    plain: [
      "linear[ly] [weighted] [cohen[s]] kappa [score|coefficient]",
      "[cohen[s]] kappa [score] [with] linear (weights|weighting)",
    ],
    capitals: ["lwk"],
  },
  quadratic_kappa: {
    plain: [
      "quadratic[ally] [weighted] [cohen[s]] kappa [score|coefficient]",
      "[cohen[s]] kappa [score] [with] quadratic (weights|weighting)",
      "qwk [score]",
    ],
  },
  auc: {
    plain: [
      "auc [score]",
      "roc [auc] (auc|score|area)",
      "auc [of] [the] roc [curve]",
      "au roc [score]",
      "area under [the] (roc|receiver operat(ing|or) [characteristic[s]] [roc]) [auc] [curve|score]",
      "[roc] area under [the] roc curve",
      "c statistic",
    ],
    weak: ["area under [the] curve"],
    capitals: ["roc [curve]"],
  },
  auc_ovo: {},
  auc_weighted: {},
  average_precision: {
    plain: [
      "average precision score",
      "(pr|precision recall) auc",
      "auc [of] [the] (pr|precision recall) [curve]",
      "au prc",
      "au pr",
      "area under [the] (pr|precision [and] recall) curve",
    ],
    weak: ["average precision"],
    capitals: ["ap"],
  },
  logloss: {
    plain: [
      `${multi} (log|logarithmic|logistic) loss [score]`,
      `${multi} cross entropy [loss|error]`,
      "(m|multi|binary) logloss",
      "[mean|average] neg[ative] log likelihood",
      "bce loss",
    ],
    capitals: ["bce", "nll"],
  },
  brier: { plain: ["brier[s] [score] [loss]"] },
  "top_k_accuracy@#": {
    plain: [
      "top # [categorical|classification] accuracy [score]",
      `accuracy at ${top} #`,
      "top k [categorical|classification] accuracy [score] [with|where|for|at] [k] [is|of] #",
      "(hit rate|hit ratio|hits) at #",
    ],
  },
  "map@#": {
    plain: [`map at ${top} #`, `map at k ${withK} #`, `mean average precision at ${top} #`],
    capitals: ["map #"],
  },
  "ndcg@#": {
    plain: [`ndcg [at] ${top} #`, `ndcg at k ${withK} #`, `normali(z|s)ed discounted cumulative gain [at] ${top} #`],
  },
  "precision@#": { plain: [`precision at ${top} #`, `precision at k ${withK} #`], capitals: ["p at #"] },
  "recall@#": { plain: [`recall at ${top} #`, `recall at k ${withK} #`], capitals: ["r at #"] },
  mrr: { plain: ["mean reciprocal rank [score]"], capitals: ["mrr"] },
  levenshtein: { plain: ["(levenshtein|edit) distance", "levenshtein (score|metric)"], weak: ["levenshtein"] },
};

/** What names more than one metric, and which. */
export const unclear: readonly (Names & { readonly candidates: readonly string[] })[] = [
  { plain: ["mean average precision"], capitals: ["map"], candidates: ["map@5", "average_precision"] },
  { plain: ["(weighted [cohen[s]]|cohen[s] weighted) kappa [score]"], candidates: ["quadratic_kappa", "linear_kappa"] },
  { plain: ["f beta [score|measure]"], candidates: ["f1", "fbeta:2", "fbeta:0.5"] },
  { plain: ["rank correlation [coefficient]"], candidates: ["spearman", "kendall"] },
  { plain: ["[mean] (pinball|quantile) loss"], candidates: ["pinball:0.1", "pinball:0.5", "pinball:0.9"] },
  {
    plain: ["[mean] tweedie (deviance|loss)"],
    candidates: ["tweedie_deviance:1.5", "poisson_deviance", "gamma_deviance"],
  },
  { plain: ["top k [categorical|classification] accuracy"], candidates: ["top_k_accuracy@3", "top_k_accuracy@5"] },
  { plain: ["ndcg", "normali(z|s)ed discounted cumulative gain"], candidates: ["ndcg@5", "ndcg@10"] },
];
