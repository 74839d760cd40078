"""What programs share that fit a script's model in other ways than the script does. It lies beside them when they run."""

import ast
import io
import json
import signal
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout


def answer_behind(mark, main):
    """Prints what main comes to as JSON behind a mark, and nothing else that it prints. What a script raises is an answer too."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            answer = main()
        except Exception as error:
            answer = {"kind": "none", "why": f"{type(error).__name__}: {str(error)[:300]}"}
    print(mark + json.dumps(answer))


@contextmanager
def limited(seconds):
    """Raises TimeoutError in what takes longer, once it comes back to Python: a forest does after each tree, some libraries only at their end."""

    def stop(_signal, _frame):
        raise TimeoutError(f"longer than {seconds:.0f} s")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def fitted_call(node):
    """`model.fit(features, labels)` as a statement."""
    call = node.value if isinstance(node, (ast.Expr, ast.Assign)) else None
    is_fit = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "fit"
    return call if is_fit and len(call.args) == 2 else None


def until_fit(tree, given=(), replaced=lambda node: node):
    """Runs the script up to where its model is fitted: the model that is not fitted yet, its features, labels and names.

    given: names that it has from the start. replaced: the statement that is run in place of one.
    """
    names = {"__name__": "__main__", **dict(given)}
    for node in tree.body:
        call = fitted_call(node)
        if call is not None:
            value = lambda part: eval(compile(ast.Expression(part), "candidate.py", "eval"), names)
            return value(call.func.value), value(call.args[0]), value(call.args[1]), names
        exec(compile(ast.Module([replaced(node)], []), "candidate.py", "exec"), names)
    return None


def scorer_of(metric, labels):
    """The scorer of scikit-learn for a metric, greater is better; None, which is the model's own, where it has none."""
    import numpy as np
    from sklearn.metrics import make_scorer, mean_squared_error

    def rmsle(truth, predicted):
        return mean_squared_error(np.log1p(np.maximum(truth, 0)), np.log1p(np.maximum(predicted, 0))) ** 0.5

    if metric == "rmsle":
        return make_scorer(rmsle, greater_is_better=False)
    if metric == "auc":
        return "roc_auc_ovr" if labels.ndim == 1 and labels.nunique() > 2 else "roc_auc"
    names = {
        "rmse": "neg_root_mean_squared_error", "mse": "neg_mean_squared_error", "mae": "neg_mean_absolute_error", "r2": "r2", "mape": "neg_mean_absolute_percentage_error",
        "medae": "neg_median_absolute_error", "poisson_deviance": "neg_mean_poisson_deviance", "accuracy": "accuracy", "balanced_accuracy": "balanced_accuracy",
        "logloss": "neg_log_loss", "log_loss": "neg_log_loss", "brier": "neg_brier_score",
        "f1": "f1_macro", "f1_macro": "f1_macro", "f1_micro": "f1_micro", "f1_weighted": "f1_weighted",
    }
    return names.get(metric)


def scoring_of(model, metric, labels):
    """What scores a fitted model like this one on rows: greater is better."""
    from sklearn.metrics import check_scoring

    return check_scoring(model, scoring=scorer_of(metric, labels))


def folds_of(fit, rows, folds, seed, split=None):
    """Positions to fit on and to score on, of each fold of these rows.

    split: how the run holds rows back, {"by": "time" | "group", "column": str}, where not at random. Parts by time are the latest of what they are cut from, the last
    one first, and are scored by a model of what comes before; a group is in one part. Where neither can be done, any rows are, by class where each class has enough of them.
    """
    model, features, labels, names = fit
    values = column_of(split, features, labels, names)
    if values is not None:
        parts = (parts_in_time if split["by"] == "time" else parts_of_groups)(values.iloc[rows], folds, seed)
        chosen = [(rows[train], rows[held]) for train, held in parts]
        if chosen and have_classes(model, labels, chosen):
            return chosen
    return any_parts(model, labels, rows, folds, seed)


def column_of(split, features, labels, names):
    """What the rows that a model is fitted on have in the column by which they are held back; None where that is not known of all of them."""
    import pandas as pd

    for table in (names.get("train"), features) if split else ():
        known = isinstance(table, pd.DataFrame) and split["column"] in table.columns and table.index.is_unique
        if known and labels.index.isin(table.index).all():
            return table.loc[labels.index, split["column"]]
    return None


def parts_in_time(values, folds, _seed):
    import pandas as pd
    from sklearn.model_selection import TimeSeriesSplit

    if not pd.api.types.is_numeric_dtype(values):
        values = pd.to_datetime(values, errors="coerce", format="mixed", utc=True)
    if len(values) <= folds or values.nunique() <= folds:
        return []
    order = values.reset_index(drop=True).sort_values(kind="stable", na_position="first").index.to_numpy()
    return [(order[train], order[held]) for train, held in reversed(list(TimeSeriesSplit(folds).split(order)))]


def parts_of_groups(values, folds, seed):
    import numpy as np
    import pandas as pd

    codes, groups = pd.factorize(values, use_na_sentinel=False)
    if len(groups) < folds:
        return []
    part = (np.random.RandomState(seed).permutation(len(groups)) % folds)[codes]
    return [(np.flatnonzero(part != at), np.flatnonzero(part == at)) for at in range(folds)]


def have_classes(model, labels, parts):
    from sklearn.base import is_classifier

    return not is_classifier(model) or labels.ndim > 1 or all(labels.iloc[rows].nunique() > 1 for part in parts for rows in part)


def any_parts(model, labels, rows, folds, seed):
    from sklearn.base import is_classifier
    from sklearn.model_selection import KFold, StratifiedKFold

    chosen = labels.iloc[rows]
    by_class = is_classifier(model) and chosen.ndim == 1 and chosen.value_counts().min() >= folds
    splitter = (StratifiedKFold if by_class else KFold)(folds, shuffle=True, random_state=seed)
    return [(rows[train], rows[held]) for train, held in splitter.split(rows, chosen if by_class else None)]
