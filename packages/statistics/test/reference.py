"""What scipy and statsmodels make of cases read as JSON from standard input."""

import itertools
import json
import math
import sys
import warnings

import numpy as np
from scipy import integrate, stats
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")


def mean_difference(x, y, axis=-1):
    return np.mean(x, axis=axis) - np.mean(y, axis=axis)


def paired_t(case):
    result = stats.ttest_1samp(case["differences"], 0)
    low, high = result.confidence_interval(0.95)
    return {"p": result.pvalue, "low": low, "high": high, "t": result.statistic}


def sign_flip(case):
    """Two-sided as twice the smaller side, by all signs; the interval by trying what lies between any two means at which p can change."""
    differences = np.asarray(case["differences"])

    def p(values):
        result = stats.permutation_test(
            (values,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided", vectorized=True
        )
        return min(1, result.pvalue)

    centers = sorted({np.mean(part) for r in range(1, len(differences) + 1) for part in itertools.combinations(differences, r)})
    inside = [(a, b) for a, b in zip(centers, centers[1:]) if p(differences - (a + b) / 2) > 0.05]
    return {"p": p(differences), "low": inside[0][0], "high": inside[-1][1]}


def label_permutation(case):
    result = stats.permutation_test(
        (case["treated"], case["control"]), mean_difference, permutation_type="independent", n_resamples=np.inf, vectorized=True
    )
    return {"p": result.pvalue}


def holm(case):
    return {"p": list(multipletests(case["p"], method="holm")[1])}


def pass_at_k(case):
    n, c, k = case["n"], case["c"], case["k"]
    return {"chance": 1 - math.comb(n - c, k) / math.comb(n, k)}


def hierarchical(case):
    """The same model by integrating over the spread numerically."""
    y = np.asarray(case["estimates"])
    errors = np.asarray(case["errors"])
    scale = np.std(y, ddof=1)

    def given(spread):
        precisions = 1 / (errors**2 + spread**2)
        center = np.sum(precisions * y) / np.sum(precisions)
        weight = np.exp(np.sum(stats.norm.logpdf(y, center, 1 / np.sqrt(precisions)))) / np.sqrt(np.sum(precisions))
        return weight, center, 1 / np.sqrt(np.sum(precisions))

    def over(of):
        function = lambda angle: given(scale * np.tan(angle))[0] * of(*given(scale * np.tan(angle))[1:])
        return integrate.quad(function, 0, np.pi / 2, limit=500)[0]

    total = over(lambda center, deviation: 1)
    return {
        "mean": over(lambda center, deviation: center) / total,
        "positive": over(lambda center, deviation: stats.norm.sf(0, center, deviation)) / total,
    }


kinds = {f.__name__: f for f in (paired_t, sign_flip, label_permutation, holm, pass_at_k, hierarchical)}
cases = json.load(sys.stdin)
json.dump({kind: [kinds[kind](case) for case in cases[kind]] for kind in cases}, sys.stdout)
