"""Searches the hyperparameters of a script's estimator, by random search (Bergstra and Bengio 2012) with cross-validation on the training rows.

Reads candidate.py and options.json beside it: {"seconds": number, "tries": int, "seed": int, "metric": str, "split"?: see folds_of}. candidate.py has a function `make_estimator` that returns a call of
an estimator known below, and fits a model whose last step is that estimator. Prints one JSON object:
{"kind": "tuned", "code": str, "tried": int, "before": number, "after": number} or {"kind": "none", "why": str}. Scores: greater is better.
"""

import ast
import inspect
import json
import time

from model_fit import answer_behind, folds_of, scoring_of, until_fit

START = time.monotonic()
FOLDS = 5
# What a fold's score may be worse by, in standard deviations of the folds' best scores, before the other folds are left out.
SLACK = 1.0
# Of an estimator that allows fewer candidates in the time nothing is found.
FEWEST = 5


def spaces():
    from scipy.stats import loguniform, randint, uniform

    class Whole:
        """Whole numbers, as likely between 10 and 20 as between 100 and 200."""

        def __init__(self, least, most):
            self.inner = loguniform(least, most + 1)

        def rvs(self, *args, **kwargs):
            return int(self.inner.rvs(*args, **kwargs))

    share = lambda least: uniform(least, 1 - least)
    boosting = {"learning_rate": loguniform(0.01, 0.2)}
    forest = {"n_estimators": Whole(100, 400), "max_features": share(0.1), "min_samples_leaf": Whole(1, 10)}
    lightgbm = {**boosting, "n_estimators": Whole(50, 1000), "num_leaves": Whole(4, 64), "min_child_samples": Whole(3, 50), "colsample_bytree": share(0.3), "subsample": share(0.5), "subsample_freq": [1], "reg_lambda": loguniform(1e-3, 100)}
    xgboost = {**boosting, "n_estimators": Whole(50, 1000), "max_depth": randint(2, 9), "min_child_weight": loguniform(0.5, 20), "colsample_bytree": share(0.3), "subsample": share(0.5), "reg_lambda": loguniform(1e-2, 100)}
    histogram = {**boosting, "max_iter": Whole(50, 500), "max_leaf_nodes": Whole(4, 64), "min_samples_leaf": Whole(3, 50), "l2_regularization": loguniform(1e-3, 100)}
    gradient = {**boosting, "n_estimators": Whole(50, 500), "max_depth": randint(2, 7), "subsample": share(0.5), "max_features": share(0.2), "min_samples_leaf": Whole(1, 20)}
    vector = {"C": loguniform(1e-2, 1e3), "gamma": loguniform(1e-4, 1)}
    neighbours = {"n_neighbors": Whole(1, 50), "weights": ["uniform", "distance"], "p": [1, 2]}
    penalty = {"alpha": loguniform(1e-5, 1e3)}
    return {
        "LGBMRegressor": lightgbm, "LGBMClassifier": lightgbm, "XGBRegressor": xgboost, "XGBClassifier": xgboost,
        "HistGradientBoostingRegressor": histogram, "HistGradientBoostingClassifier": histogram,
        "GradientBoostingRegressor": gradient, "GradientBoostingClassifier": gradient,
        "RandomForestRegressor": forest, "RandomForestClassifier": forest, "ExtraTreesRegressor": forest, "ExtraTreesClassifier": forest,
        "Ridge": penalty, "Lasso": penalty, "ElasticNet": {**penalty, "l1_ratio": share(0)},
        "LogisticRegression": {"C": loguniform(1e-3, 1e2)},
        "SVR": {**vector, "epsilon": loguniform(1e-3, 1)}, "SVC": vector,
        "KNeighborsRegressor": neighbours, "KNeighborsClassifier": neighbours,
    }


def estimator_call(tree):
    """The call that `make_estimator` returns."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "make_estimator" and isinstance(node.body[-1], ast.Return):
            value = node.body[-1].value
            return value if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else None
    return None


def own_path(model, kind):
    """How the model's parameters call the estimator, as `regressor__estimator`."""
    paths = [name for name, value in model.get_params(deep=True).items() if type(value).__name__ == kind]
    return min(paths, key=len) if paths else None


def search(fit, kind, options):
    import numpy as np
    from sklearn.base import clone
    from sklearn.model_selection import ParameterSampler

    model, features, labels, _ = fit
    path = own_path(model, kind)
    if path is None:
        return {"kind": "none", "why": f"no {kind} in the model"}
    folds = folds_of(fit, np.arange(len(labels)), FOLDS, options["seed"], options.get("split"))
    scoring = scoring_of(model, options["metric"], labels)

    def scores_of(chosen, best):
        scores = []
        begun = time.monotonic()
        for at, (train, held) in enumerate(folds):
            fitted = clone(model).set_params(**{f"{path}__{name}": value for name, value in chosen.items()})
            fitted.fit(features.iloc[train], labels.iloc[train])
            scores.append(scoring(fitted, features.iloc[held], labels.iloc[held]))
            if not best and at == 0 and (time.monotonic() - begun) * FOLDS * FEWEST > options["seconds"]:
                return None
            if not np.isfinite(scores[-1]) or (best and scores[-1] < best[at] - SLACK * np.std(best)):
                return None
            if time.monotonic() - START > options["seconds"]:
                return scores if len(scores) == FOLDS else None
        return scores

    first = scores_of({}, None)
    if first is None:
        return {"kind": "none", "why": "the estimator as it is takes too long, or has no score"}
    best, chosen, tried = first, {}, 0
    for candidate in ParameterSampler(spaces()[kind], n_iter=options["tries"], random_state=options["seed"]):
        if time.monotonic() - START > options["seconds"]:
            break
        tried += 1
        try:
            scores = scores_of(candidate, best)
        except Exception:
            continue
        if scores is not None and np.mean(scores) > np.mean(best):
            best, chosen = scores, candidate
    gains = np.subtract(best, first)
    # Of many candidates the best looks better than it is.
    if not chosen or np.mean(gains) <= np.std(gains, ddof=1) / FOLDS**0.5:
        return {"kind": "none", "why": f"none of {tried} was clearly better"}
    names = list(inspect.signature(type(model.get_params()[path])).parameters)
    return {"kind": "tuned", "chosen": chosen, "names": names, "tried": tried, "before": float(np.mean(first)), "after": float(np.mean(best))}


def plain(value):
    """A number of four digits, as a person would write it."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def with_chosen(code, call, chosen, names):
    """The script with these arguments in the call, all else as it is written. `names`: of the arguments that are given by their place."""
    placed = [ast.keyword(arg=name, value=value) for name, value in zip(names, call.args)]
    kept = [keyword for keyword in placed + call.keywords if keyword.arg not in chosen]
    added = [ast.keyword(arg=name, value=ast.Constant(plain(getattr(value, "item", lambda: value)()))) for name, value in chosen.items()]
    changed = ast.unparse(ast.Call(func=call.func, args=[], keywords=kept + added))
    lines = code.split("\n")
    first, last = lines[call.lineno - 1].encode(), lines[call.end_lineno - 1].encode()
    lines[call.lineno - 1 : call.end_lineno] = [first[: call.col_offset].decode() + changed + last[call.end_col_offset :].decode()]
    return "\n".join(lines)


def main():
    with open("candidate.py", encoding="utf-8") as source:
        code = source.read()
    tree = ast.parse(code)
    with open("options.json", encoding="utf-8") as source:
        options = json.load(source)
    call = estimator_call(tree)
    if call is None or call.func.id not in spaces():
        return {"kind": "none", "why": "no hyperparameters are known of its estimator"}
    fit = until_fit(tree)
    if fit is None:
        return {"kind": "none", "why": "the script fits no model"}
    found = search(fit, call.func.id, options)
    if found["kind"] == "none":
        return found
    changed = with_chosen(code, call, found.pop("chosen"), found.pop("names"))
    return {**found, "code": changed}


answer_behind("tune:", main)
