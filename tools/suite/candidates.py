"""Whether a table can be a task, by the rule in docs/decisions/2026-11-29-suite.md: its target, kind, metric and properties, or why not."""

import warnings

import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.metrics import balanced_accuracy_score, r2_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from suite.clean import cleaned, is_date, is_number, is_prose
from suite.parting import seed_of
from targets import described, is_factor, target_of, title_of


# Share of the rarer of two classes below which it is rare.
rare = 0.15


class Refused(Exception):
    pass


def candidate(package, item, frame, text):
    target = target_of(text, [str(name) for name in frame.columns if name != "rownames"])
    if target is None:
        raise Refused("no target")
    frame = frame.rename(columns=str)
    leaves = giving_away(cleaned(frame, target), target)
    table = cleaned(frame, target, leaves)
    if len(table) < 150 or table.shape[1] < 4:
        raise Refused("too small once cleaned")
    kind = kind_of(table[target], is_factor(text, target))
    if not learnable(table, target, kind):
        raise Refused("nothing to learn, or nothing left to learn")
    return {
        "package": package,
        "item": item,
        "title": title_of(text),
        "target": target,
        "meaning": described(text, target)[:200],
        "leaves": leaves,
        "kind": kind,
        "metric": metric_of(table[target], kind, package, item),
        "rows": len(table),
        "rarer": float(table[target].value_counts(normalize=True).min()) if kind == "binary" else None,
        "properties": properties_of(table, target, kind),
    }


def kind_of(column, factor):
    values = column.nunique()
    if values == 2:
        return "binary"
    if not is_number(column) or (factor and values <= 20 and pd.api.types.is_integer_dtype(column)):
        if values > 20:
            raise Refused("too many classes")
        return "multiclass"
    if pd.api.types.is_integer_dtype(column) and column.min() >= 0 and column.median() <= 20:
        return "counts"
    if values <= 20:
        raise Refused("neither classes nor amounts")
    return "regression"


def metric_of(column, kind, package, item):
    turn = seed_of("metric", package, item) % 2
    if kind == "binary":
        return "average_precision" if column.value_counts(normalize=True).min() < rare else "auc"
    if kind == "multiclass":
        return ("logloss", "accuracy")[turn]
    if kind == "counts":
        return "poisson_deviance"
    if is_skewed(column):
        return "rmsle" if column.min() >= 100 else "mape"
    return ("rmse", "mae")[turn]


def is_skewed(column):
    values = column.astype(float)
    return bool(values.min() > 0 and values.skew() > 2)


def properties_of(table, target, kind):
    features = table.drop(columns=target)
    levels = [name for name in features if not is_number(features[name]) and not is_date(features[name]) and not is_prose(features[name])]
    known = {
        "text": any(is_prose(features[name]) for name in features),
        "dates": any(is_date(features[name]) for name in features),
        "wide": features.shape[1] >= 30,
        "high-cardinality": any(50 <= features[name].nunique() <= len(table) / 2 for name in levels),
        "imbalanced": kind == "binary" and table[target].value_counts(normalize=True).min() < rare,
        "counts": kind == "counts",
        "missing": features.isna().to_numpy().mean() >= 0.05,
        "skewed": kind == "regression" and is_skewed(table[target]),
        "large": len(table) >= 10_000,
        "small": len(table) <= 300,
        "multiclass": kind == "multiclass",
        "binary": kind == "binary",
        "regression": kind == "regression",
    }
    return [name for name, holds in known.items() if holds]


def encoded(column):
    if is_number(column):
        return column.astype(float)
    return column.astype("category").cat.codes.replace(-1, np.nan).astype(float)


def is_class(column):
    return not is_number(column) or column.nunique() == 2


def giving_away(table, target):
    """Columns that alone give the target."""
    return [name for name in table if name != target and gives_away(encoded(table[name]), table[target])]


def gives_away(feature, target):
    feature, target = feature.iloc[:: len(feature) // 10_000 + 1], target.iloc[:: len(target) // 10_000 + 1]
    known = feature.notna()
    if known.mean() < 0.5 or known.sum() < 100:
        return False
    x, y = feature[known].to_numpy().reshape(-1, 1), target[known]
    if is_class(y):
        y = y.astype(str)
        if y.value_counts().min() < 5 or y.nunique() < 2:
            return False
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        return balanced_accuracy_score(y, cross_val_predict(DecisionTreeClassifier(random_state=0), x, y, cv=folds)) > 0.99
    y = y.astype(float)
    if abs(feature[known].corr(y, method="spearman")) > 0.99:
        return True
    folds = KFold(5, shuffle=True, random_state=0)
    return r2_score(y, cross_val_predict(DecisionTreeRegressor(min_samples_leaf=2, random_state=0), x, y, cv=folds)) > 0.98


def learnable(table, target, kind):
    """Better than a constant by three standard errors, and not solved."""
    x = pd.DataFrame({f"f{at}": encoded(table[name]) for at, name in enumerate(table.columns) if name != target})
    settings = {"n_estimators": 100, "min_child_samples": 5, "verbose": -1, "n_jobs": 1, "random_state": 0, "deterministic": True}
    if kind in ("regression", "counts"):
        y = table[target].astype(float).to_numpy()
        folds = KFold(5, shuffle=True, random_state=0)
        predicted = cross_val_predict(LGBMRegressor(**settings), x, y, cv=folds)
        gain = (y - y.mean()) ** 2 - (y - predicted) ** 2
        return above(gain) and r2_score(y, predicted) < 0.99
    y = table[target].astype(str).astype("category").cat.codes.to_numpy()
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    predicted = cross_val_predict(LGBMClassifier(**settings), x, y, cv=folds, method="predict_proba")
    shares = np.bincount(y) / len(y)
    truth = np.eye(len(shares))[y]
    gain = ((truth - shares) ** 2).sum(axis=1) - ((truth - predicted) ** 2).sum(axis=1)
    area = roc_auc_score(y, predicted[:, 1]) if len(shares) == 2 else roc_auc_score(y, predicted, multi_class="ovr")
    return above(gain) and area < 0.995


def above(gain):
    return gain.mean() > 3 * gain.std(ddof=1) / np.sqrt(len(gain))


warnings.simplefilter("ignore")
