"""Boosted trees for targets that are numbers: squared loss, and the losses of medians, counts and quantiles."""

from .pipeline import Row
from .shapes import quantile

BOTH = ("plain", "log")
LEAVES = (7, 31)


def histograms(name, grid, fixed, **more):
    estimator = "sklearn.ensemble:HistGradientBoostingRegressor"
    return Row(name, "gradient boosting", estimator, "trees", grid, fixed, keeps_missing=True, **more)


def lightgbm(name, grid, fixed, **more):
    fixed = {"n_estimators": 150, "learning_rate": 0.06, **fixed}
    return Row(name, "lightgbm", "lightgbm:LGBMRegressor", "trees", grid, fixed, keeps_missing=True, **more)


def xgboost(name, grid, fixed, **more):
    fixed = {"n_estimators": 150, "learning_rate": 0.08, "tree_method": "hist", **fixed}
    return Row(name, "xgboost", "xgboost:XGBRegressor", "trees", grid, fixed, keeps_missing=True, **more)


SLOW = {"learning_rate": 0.05, "max_iter": 150}
BAGS = {"subsample": 0.8, "colsample_bytree": 0.7}

BOOSTING = (
    histograms("histograms", {"max_leaf_nodes": LEAVES}, SLOW, targets=BOTH),
    histograms("histograms-absolute", {}, {**SLOW, "loss": "absolute_error"}),
    histograms("histograms-poisson", {}, {**SLOW, "loss": "poisson"}, targets=("shares",)),
    histograms("histograms-quantile", {}, {**SLOW, "loss": "quantile", "quantile": quantile}, of_quantile=True),
    lightgbm("lightgbm", {"num_leaves": LEAVES}, {}, targets=BOTH),
    lightgbm("lightgbm-bags", {"min_child_samples": (5, 40)}, {**BAGS, "subsample_freq": 1}),
    lightgbm("lightgbm-absolute", {}, {"objective": "l1"}),
    lightgbm("lightgbm-poisson", {}, {"objective": "poisson"}, targets=("shares",)),
    lightgbm("lightgbm-quantile", {}, {"objective": "quantile", "alpha": quantile}, of_quantile=True),
    xgboost("xgboost", {"max_depth": (3, 6)}, {}, targets=BOTH),
    xgboost("xgboost-bags", {"min_child_weight": (2, 20)}, {**BAGS, "max_depth": 5}),
    xgboost("xgboost-absolute", {}, {"objective": "reg:absoluteerror", "max_depth": 5}),
    xgboost("xgboost-poisson", {}, {"objective": "count:poisson", "max_depth": 5}, targets=("shares",)),
    xgboost(
        "xgboost-quantile",
        {},
        {"objective": "reg:quantileerror", "quantile_alpha": quantile, "max_depth": 5},
        of_quantile=True,
    ),
)
