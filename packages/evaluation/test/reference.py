"""What scikit-learn, scipy or a line of numpy make of cases read as JSON from standard input; null for what is not defined."""

import json
import math
import sys
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics as m
from sklearn.preprocessing import label_binarize

warnings.simplefilter("ignore")


def gini(t, p):
    places = lambda x: 2 * stats.rankdata(x) - len(x) - 1
    return np.sum(t * places(p)) / np.sum(t * places(t))


def rmspe(t, p):
    t, p = t[t != 0], p[t != 0]
    return np.sqrt(np.mean(((t - p) / t) ** 2))


numbers = {
    "rmse": m.root_mean_squared_error,
    "rmsle": m.root_mean_squared_log_error,
    "mse": m.mean_squared_error,
    "msle": m.mean_squared_log_error,
    "mae": m.mean_absolute_error,
    "medae": m.median_absolute_error,
    "max_error": m.max_error,
    "r2": m.r2_score,
    "explained_variance": m.explained_variance_score,
    "mape": m.mean_absolute_percentage_error,
    "smape": lambda t, p: np.mean([0 if a == b == 0 else 2 * abs(a - b) / (abs(a) + abs(b)) for a, b in zip(t, p)]),
    "wmape": lambda t, p: np.sum(np.abs(t - p)) / np.sum(np.abs(t)),
    "rmspe": rmspe,
    "poisson_deviance": m.mean_poisson_deviance,
    "gamma_deviance": m.mean_gamma_deviance,
    "tweedie_deviance": lambda t, p, power: m.mean_tweedie_deviance(t, p, power=power),
    "pinball": lambda t, p, alpha: m.mean_pinball_loss(t, p, alpha=alpha),
    # Of two rows scipy gives 0 where they are the same.
    "pearson": lambda t, p: stats.pearsonr(t, p)[0] if np.ptp(t) * np.ptp(p) > 0 else math.nan,
    "spearman": lambda t, p: stats.spearmanr(t, p)[0],
    "kendall": lambda t, p: stats.kendalltau(t, p)[0],
    "gini": gini,
}

labels = {
    "accuracy": m.accuracy_score,
    "error_rate": m.zero_one_loss,
    "hamming_loss": m.hamming_loss,
    "balanced_accuracy": m.balanced_accuracy_score,
    "mcc": m.matthews_corrcoef,
    "cohen_kappa": m.cohen_kappa_score,
    "linear_kappa": lambda t, p: m.cohen_kappa_score(t, p, weights="linear", labels=list(range(6))),
    "quadratic_kappa": lambda t, p: m.cohen_kappa_score(t, p, weights="quadratic", labels=list(range(6))),
    "specificity": lambda t, p: m.recall_score(t, p, pos_label=0),
}
for name, score in {"f1": m.f1_score, "precision": m.precision_score, "recall": m.recall_score, "jaccard": m.jaccard_score}.items():
    labels[name] = score
    for average in ("macro", "micro", "weighted"):
        labels[f"{name}_{average}"] = lambda t, p, score=score, average=average: score(t, p, average=average)
for average in ("binary", "macro", "micro", "weighted"):
    name = "fbeta" if average == "binary" else f"fbeta_{average}"
    labels[name] = lambda t, p, beta, average=average: m.fbeta_score(t, p, beta=beta, average=average)

probabilities = {
    "auc": m.roc_auc_score,
    "auc_weighted": m.roc_auc_score,
    "auc_ovo": m.roc_auc_score,
    "average_precision": m.average_precision_score,
    "logloss": lambda t, p: m.log_loss(t, p, labels=[0, 1]),
    "brier": m.brier_score_loss,
    "gini": lambda t, p: 2 * m.roc_auc_score(t, p) - 1,
}


def present(t, p):
    """Rows and columns of the classes that occur: scikit-learn takes no others."""
    classes = [c for c in range(p.shape[1]) if (t == c).any()]
    return np.searchsorted(classes, t), p[:, classes]


def over_present(score, weights=None):
    """scikit-learn's own average of one class against the rest, over the classes that occur."""

    def averaged(t, p):
        seen, columns = present(t, p)
        if columns.shape[1] < 2:
            return math.nan
        each = [score((seen == c).astype(int), columns[:, c]) for c in range(columns.shape[1])]
        return np.average(each, weights=None if weights is None else np.bincount(seen))

    return averaged


def ovr(average):
    def score(t, p):
        whole = len(np.unique(t)) == p.shape[1]
        ours = over_present(m.roc_auc_score, None if average == "macro" else "rows")(t, p)
        if whole:
            assert abs(ours - m.roc_auc_score(t, p, multi_class="ovr", average=average)) < 1e-12
        return ours

    return score


def ovo(t, p):
    if len(np.unique(t)) == p.shape[1]:
        return m.roc_auc_score(t, p, multi_class="ovo")
    seen = np.unique(t)
    each = [m.roc_auc_score(t[rows] == a, p[rows, a]) for a in seen for b in seen if a != b for rows in [(t == a) | (t == b)]]
    return np.mean(each) if each else math.nan


def average_precision(t, p):
    if len(np.unique(t)) == p.shape[1] > 2:
        return m.average_precision_score(t, p)
    return over_present(m.average_precision_score)(t, p)


columns = {
    "auc": ovr("macro"),
    "auc_weighted": ovr("weighted"),
    "auc_ovo": ovo,
    "average_precision": average_precision,
    "logloss": lambda t, p: m.log_loss(t, p, labels=list(range(p.shape[1]))),
    "brier": lambda t, p: np.mean(np.sum((p - label_binarize(t, classes=list(range(p.shape[1])))) ** 2, axis=1)),
    "top_k_accuracy": lambda t, p, k: m.top_k_accuracy_score(t, p, k=int(k), labels=list(range(p.shape[1]))),
}


def map_at(right, answered, k):
    hits, total = 0, 0.0
    for i, label in enumerate(answered[:k]):
        if label in right and label not in answered[:i]:
            hits += 1
            total += hits / (i + 1)
    return total / min(len(right), k)


def found(right, answered, k):
    return len(set(answered[:k]) & set(right))


def ndcg(right, answered, k):
    gains = [float(label in right and label not in answered[:i]) for i, label in enumerate(answered[:k])]
    best = sum(1 / math.log2(place + 2) for place in range(min(len(right), k)))
    ours = sum(gain / math.log2(place + 2) for place, gain in enumerate(gains)) / best
    names = answered + [label for label in right if label not in answered]
    if len(set(answered)) == len(answered) >= k and len(names) > 1:
        theirs = m.ndcg_score([[label in right for label in names]], [range(len(names), 0, -1)], k=k)
        assert abs(ours - theirs) < 1e-12
    return ours


rankings = {
    "map": map_at,
    "ndcg": ndcg,
    "mrr": lambda right, answered: next((1 / (i + 1) for i, label in enumerate(answered) if label in right), 0),
    "precision": lambda right, answered, k: found(right, answered, k) / k,
    "recall": lambda right, answered, k: found(right, answered, k) / len(right),
    "top_k_accuracy": lambda right, answered, k: float(found(right, answered, k) > 0),
}


def levenshtein(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def word_jaccard(a, b):
    a, b = set(a.lower().split()), set(b.lower().split())
    return len(a & b) / len(a | b) if a | b else 1


texts = {"levenshtein": levenshtein, "word_jaccard": word_jaccard}


def score(case):
    name, *rest = case["name"].replace("@", ":").split(":")
    parameters = [float(value) for value in rest]
    form, truth, predicted = case["input"], case["truth"], case["predicted"]
    if form in ("ranking", "text"):
        of = (rankings if form == "ranking" else texts)[name]
        return np.mean([of(t, p, *map(int, parameters)) for t, p in zip(truth, predicted)])
    known = {"number": numbers, "label": labels, "probability": probabilities, "class-probabilities": columns}[form]
    if form == "number":
        truth = [float(value) for value in truth]
    return known[name](np.array(truth), np.array(predicted), *parameters)


def of(case):
    try:
        value = float(score(case))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


print(json.dumps([of(case) for case in json.load(sys.stdin)]))
