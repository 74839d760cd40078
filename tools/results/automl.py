"""What a user would take instead: LightGBM as it is, FLAML or AutoGluon, on prepared tasks, for so many seconds on as many cores as this process may use.

automl.py FOLDER OUT --with lightgbm|flaml|autogluon [--tasks a,b] [--seeds 2] [--seconds 300] [--cores 2]

FOLDER holds tasks as `aide tasks prepare` writes them: a train.csv, a test.csv and a sample_submission.csv each. OUT/<task>/seed-<n>/submission.csv is what was predicted,
error.txt why nothing was. What was made is not made again.
"""

import argparse
import json
import shutil
import tempfile
import time
import traceback
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from as_it_is import fitted_as_it_is

FLAML = {"auc": "roc_auc", "logloss": "log_loss", "rmsle": "mse", "macro_f1": "macro_f1", "f1_macro": "macro_f1"}
AUTOGLUON = {"auc": "roc_auc", "logloss": "log_loss", "rmse": "root_mean_squared_error", "mse": "mean_squared_error", "mae": "mean_absolute_error", "rmsle": "root_mean_squared_error", "r2": "r2", "mape": "mean_absolute_percentage_error"}


def by_lightgbm(train, labels, test, metric, is_class, options):
    from lightgbm import LGBMClassifier, LGBMRegressor

    estimator = (LGBMClassifier if is_class else LGBMRegressor)(verbose=-1, n_jobs=options.cores, random_state=options.seed)
    model = fitted_as_it_is(estimator, train, labels)
    return table_of(model, test) if is_class else model.predict(test)


def by_flaml(train, labels, test, metric, is_class, options):
    from flaml import AutoML

    model = AutoML()
    logged = metric == "rmsle"
    settings = {"metric": FLAML.get(metric, metric), "task": "classification" if is_class else "regression", "time_budget": options.seconds, "n_jobs": options.cores, "seed": options.seed, "verbose": 0}
    if settings["metric"] == "roc_auc" and labels.nunique() > 2:
        settings["metric"] = "roc_auc_ovr"
    model.fit(X_train=train, y_train=np.log1p(labels) if logged else labels, **settings)
    if is_class:
        return table_of(model, test)
    predicted = model.predict(test)
    return np.expm1(predicted) if logged else predicted


def by_autogluon(train, labels, test, metric, is_class, options):
    from autogluon.tabular import TabularPredictor

    logged = metric == "rmsle"
    label = "the label to predict"
    rows = train.assign(**{label: np.log1p(labels) if logged else labels})
    folder = tempfile.mkdtemp(prefix="autogluon-")
    try:
        kind = "regression" if not is_class else "binary" if labels.nunique() == 2 else "multiclass"
        predictor = TabularPredictor(label=label, problem_type=kind, eval_metric=AUTOGLUON.get(metric, metric), path=f"{folder}/models", verbosity=0)
        predictor.fit(rows, time_limit=options.seconds, presets="good_quality", num_cpus=options.cores, num_gpus=0)
        if is_class:
            return predictor.predict_proba(test, as_multiclass=True)
        predicted = predictor.predict(test)
        return np.expm1(predicted) if logged else predicted
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table_of(model, test):
    return pd.DataFrame(model.predict_proba(test), columns=model.classes_)


def written(sample, targets, predicted):
    """Predictions in the form of the sample: a value for each target, or a probability for each class."""
    answer = sample.copy()
    columns = [column for column in sample.columns[1:]]
    for target, found in predicted.items():
        if isinstance(found, pd.DataFrame):
            classes = {str(name): np.asarray(found[name]) for name in found.columns}
            if set(columns) <= set(classes):
                for column in columns:
                    answer[column] = classes[column]
            elif pd.api.types.is_float_dtype(sample[target]):
                answer[target] = np.asarray(found.iloc[:, -1])
            else:
                answer[target] = np.asarray(found.columns)[np.asarray(found).argmax(axis=1)]
        else:
            answer[target] = np.asarray(found)
    return answer


def make(task, options, program):
    words = yaml.safe_load((task / "task.yaml").read_text())
    train, test, sample = (pd.read_csv(task / "public" / name) for name in ("train.csv", "test.csv", "sample_submission.csv"))
    [id] = words["id"]
    features = [column for column in test.columns if column in train.columns and column != id]
    predicted = {}
    for target in words["target"]:
        rows = train[train[target].notna()]
        predicted[target] = program(rows[features], rows[target], test[features], words["metric"], words["kind"] in ("binary", "multiclass"), options)
    return written(sample, words["target"], predicted)


def main():
    programs = {"lightgbm": by_lightgbm, "flaml": by_flaml, "autogluon": by_autogluon}
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--with", dest="program", choices=programs, required=True)
    parser.add_argument("--tasks", default="")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    names = options.tasks.split(",") if options.tasks else sorted(path.name for path in options.folder.iterdir() if (path / "task.yaml").exists())
    for options.seed in range(options.seeds):
        for name in names:
            out = options.out / name / f"seed-{options.seed}"
            if out.exists():
                continue
            out.mkdir(parents=True)
            began = time.monotonic()
            try:
                make(options.folder / name, options, programs[options.program]).to_csv(out / "submission.csv", index=False)
            except Exception:
                (out / "error.txt").write_text(traceback.format_exc())
            print(json.dumps({"task": name, "seed": options.seed, "seconds": round(time.monotonic() - began), "made": (out / "submission.csv").exists()}), flush=True)


if __name__ == "__main__":
    main()
