"""What a metric asks of a prediction. Names are those of the library that grades."""

from dataclasses import dataclass

from .problem import Problem

NUMBERS = frozenset(
    "rmse rmsle mse msle mae medae max_error r2 explained_variance mape smape wmape rmspe poisson_deviance gamma_deviance "
    "tweedie_deviance pinball pearson spearman kendall".split()
)
LABELS = frozenset(
    "accuracy error_rate hamming_loss balanced_accuracy mcc cohen_kappa linear_kappa quadratic_kappa specificity".split()
)
AVERAGED = frozenset("f1 fbeta precision recall jaccard".split())
PROBABILITIES = frozenset("auc auc_weighted auc_ovo average_precision logloss brier".split())
RANKINGS = frozenset("map ndcg top_k_accuracy precision recall".split())
# Labels of a ranking whose metric sets no limit.
LONGEST = 20
ORDERED = frozenset(["linear_kappa", "quadratic_kappa"])
# Of ratios or logarithms: a target may be multiplied, but not shifted, and stay the same task.
RATIOS = frozenset(
    "rmsle msle mape smape wmape rmspe poisson_deviance gamma_deviance tweedie_deviance".split()
)
DEVIANCES = frozenset("poisson_deviance gamma_deviance tweedie_deviance".split())


@dataclass(frozen=True)
class Metric:
    name: str
    # `number`, `label`, `probability`, or `ranking`: the most probable labels of a row.
    answer: str
    # The number in its name, as 0.9 in `pinball:0.9`.
    parameter: float | None = None

    @property
    def family(self):
        return self.name.replace("@", ":").split(":")[0]

    @property
    def scales_only(self):
        return self.family in RATIOS

    @property
    def quantile(self):
        return self.parameter if self.family == "pinball" else None


def metric_of(name, kind):
    """The metric, its answer by the kind of the task where it takes several."""
    family, _, parameter = name.replace("@", ":").partition(":")
    number = float(parameter) if parameter else None
    base = family.removesuffix("_macro").removesuffix("_micro").removesuffix("_weighted")
    if family == "gini":
        return Metric(name, "number" if kind in ("regression", "counts") else "probability")
    if family in NUMBERS:
        return Metric(name, "number", number)
    if name == "mrr" or (family in RANKINGS and "@" in name):
        return Metric(name, "ranking", number or LONGEST)
    if family in PROBABILITIES:
        return Metric(name, "probability")
    if family in LABELS or base in AVERAGED:
        return Metric(name, "label", number)
    raise Problem(f"No pipeline answers for the metric {name}.")
