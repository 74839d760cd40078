"""All pipelines for a task."""

from .classes import CLASSES
from .numbers import NUMBERS
from .pipeline import Pipeline
from .shapes import MostRows
from .views import VIEWS

FLAML_BUDGETS = (60, 300)


def pipelines_of(task, cores):
    """In a fixed order; what automatic search there is, last. `cores`: for that one."""
    metric = task.asked
    rows = NUMBERS if metric.answer == "number" else CLASSES
    made = [one for row in rows if not row.of_quantile or metric.quantile for one in row.pipelines(task.form)]
    return [*made, *beside(task.form, "Regressor" if metric.answer == "number" else "Classifier", cores)]


def beside(form, kind, cores):
    view = VIEWS[form]["trees"][0]
    yield Pipeline("lightgbm-default", "lightgbm", f"lightgbm:LGBM{kind}", view, keeps_missing=True)
    yield Pipeline("blend", "blend", "blend", view)
    for budget in FLAML_BUDGETS:
        yield Pipeline(f"flaml-{budget}", "automl", "flaml", view, cores=cores, budget=budget)


def blended(task):
    """The five whose predictions are averaged: each family as people set it up first."""
    numbers = task.asked.answer == "number"
    kind = "Regressor" if numbers else "Classifier"
    views = {name: names[0] for name, names in VIEWS[task.form].items()}
    linear = (
        Pipeline("ridge", "linear", "sklearn.linear_model:Ridge", views["linear"], {"alpha": 10})
        if numbers
        else Pipeline(
            "logistic", "linear", "sklearn.linear_model:LogisticRegression", views["linear"], {"C": 0.3, "max_iter": 300}
        )
    )
    forests = [
        Pipeline(name, name, f"sklearn.ensemble:{name}{kind}", views["trees"], FOREST)
        for name in ("RandomForest", "ExtraTrees")
    ]
    boosted = [
        Pipeline("lightgbm", "lightgbm", f"lightgbm:LGBM{kind}", views["trees"], {}, keeps_missing=True),
        Pipeline("xgboost", "xgboost", f"xgboost:XGB{kind}", views["trees"], XGBOOST, keeps_missing=True),
    ]
    return [linear, *forests, *boosted]


# Small, as each is fitted five times.
FOREST = {"n_estimators": 60, "min_samples_leaf": 3, "max_features": 0.5, "bootstrap": True, "max_samples": MostRows(4000)}
XGBOOST = {"n_estimators": 100, "learning_rate": 0.1, "max_depth": 5, "tree_method": "hist"}
