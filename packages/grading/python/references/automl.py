"""FLAML's search (Wang et al. 2021) for estimators and their parameters, in a given time. What it finds depends on how fast the machine is."""

import logging

import numpy as np

from .fitting import summing_to_one
from .problem import Problem
from .targets import transformed

# As FLAML calls what the metric rewards.
METRICS = {
    "mae": "mae",
    "mape": "mape",
    "r2": "r2",
    "auc": "roc_auc",
    "average_precision": "ap",
    "accuracy": "accuracy",
    "error_rate": "accuracy",
    "f1": "f1",
    "f1_macro": "macro_f1",
    "f1_micro": "micro_f1",
}


def searched(features, target, task, pipeline, kind):
    try:
        from flaml import AutoML
    except ImportError as cause:
        raise Problem(f"This Python has no flaml: {cause}. references/requirements-flaml.txt names what it needs.") from cause
    train, test = features.view(pipeline.view, False)
    search = AutoML()
    search.fit(
        train,
        target,
        task=kind,
        metric=METRICS.get(task.metric, "auto"),
        time_budget=pipeline.budget,
        n_jobs=pipeline.cores,
        seed=task.seed,
        verbose=0,
        early_stop=False,
    )
    logging.getLogger("flaml").handlers.clear()
    return search, test


def numbers(features, values, task, pipeline):
    target = transformed(values, "log" if task.asked.scales_only else "plain", task.asked)
    search, test = searched(features, target.values, task, pipeline, "regression")
    return target.back(np.asarray(search.predict(test), dtype=float))


def probabilities(features, codes, count, task, pipeline):
    present, known = np.unique(codes, return_inverse=True)
    search, test = searched(features, known, task, pipeline, "classification")
    found = np.zeros((test.shape[0], count))
    found[:, present] = summing_to_one(search.predict_proba(test))
    return found
