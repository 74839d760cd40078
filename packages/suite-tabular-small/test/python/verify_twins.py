"""Holds twins of random tables against what docs/decisions says of them. Prints the number of tables, or fails with the first that breaks a rule."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2] / "python"))
from suite.clean import is_date, is_number, plain  # noqa: E402
from suite.task import Facts, Task, of_classes  # noqa: E402

metrics = ["rmse", "mae", "mape", "rmsle", "poisson_deviance", "auc", "logloss", "accuracy"]


def random_task(seed):
    draw = np.random.default_rng(seed)
    rows, metric = int(draw.integers(30, 200)), metrics[seed % len(metrics)]
    columns = {}
    for at in range(int(draw.integers(2, 8))):
        kind = draw.integers(5)
        if kind == 0:
            values = draw.normal(0, 10, rows)
        elif kind == 1:
            values = draw.integers(-50, 50, rows)
        elif kind == 2:
            values = draw.choice(["red", "Blue", "green", "Ä b", "x,y", "10", "9"], rows)
        elif kind == 3:
            values = pd.Timestamp("2001-01-31") + pd.to_timedelta(draw.integers(0, 4000, rows), "D")
        else:
            values = draw.choice([True, False], rows)
        column = pd.Series(values)
        if draw.random() < 0.5:
            column = column.mask(draw.random(rows) < 0.2)
        columns[f"Column {at}"] = plain(column)
    if metric in of_classes:
        count = 2 if metric == "auc" else int(draw.integers(2, 6))
        target = pd.Series(draw.integers(0, count, rows)).map(lambda one: f"class {one}")
        target[:count] = [f"class {one}" for one in range(count)]
    elif metric == "poisson_deviance":
        target = pd.Series(draw.poisson(3, rows))
    else:
        target = pd.Series(np.round(draw.gamma(2, 300, rows) + 100, 2))
    frame = pd.DataFrame({**columns, "goal": plain(target)})
    positive = "class 0" if metric == "auc" else None
    facts = Facts(f"made-up-{seed}", "T", "regression", "G", metric, "goal", "development", "made up", positive=positive)
    return Task(facts, frame, np.arange(rows * 3 // 4, rows), np.arange(1, rows + 1))


def check(task):
    twin = task.twin()
    ours, theirs = task.frame, twin.frame
    assert list(theirs.columns[:-1]) == [f"x{at}" for at in range(1, ours.shape[1])] and theirs.columns[-1] == "y"
    assert not set(map(str, ours.columns)) & set(theirs.columns)
    for name, other in zip(ours, theirs):
        before, after = ours[name], theirs[other]
        assert (before.isna() == after.isna()).all(), f"{name}: other cells are missing"
        known = before.notna()
        check_column(before[known], after[known], name == task.facts.target, task.facts.metric)
    if task.facts.positive:
        assert ((ours["goal"] == task.facts.positive) == (theirs["y"] == twin.facts.positive)).all()


def check_column(before, after, is_target, metric):
    if is_target and metric in of_classes or not is_number(before) and not is_date(before):
        # One for one, in the same order.
        assert sorted(before.unique()) == list(before[after.sort_values(kind="stable").index].unique())
        assert before.nunique() == after.nunique() and not set(before) & set(after)
        return
    if is_date(before):
        ours, theirs = pd.to_datetime(before), pd.to_datetime(after)
        assert (theirs.dt.year - ours.dt.year == 28).all() and (theirs.dt.dayofweek == ours.dt.dayofweek).all()
        assert (theirs.dt.dayofyear == ours.dt.dayofyear).all()
        return
    assert pd.api.types.is_integer_dtype(before) == pd.api.types.is_integer_dtype(after)
    x, y = before.to_numpy(float), after.to_numpy(float)
    if np.ptp(x) == 0:
        return
    slope, shift = np.polyfit(x, y, 1)
    assert slope > 0 and np.allclose(slope * x + shift, y, rtol=1e-9, atol=1e-6)
    if is_target and metric in ("mape", "poisson_deviance"):
        assert abs(shift) < 1e-6 * max(1, np.abs(y).max())
    if is_target and metric == "rmsle":
        assert (x == y).all()


def main(count):
    for seed in range(count):
        try:
            check(random_task(seed))
        except AssertionError as error:
            raise SystemExit(f"table {seed}: {error!r}") from error
    print(count)


if __name__ == "__main__":
    main(int(sys.argv[1]))
