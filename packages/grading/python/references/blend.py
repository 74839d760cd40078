"""The mean of what several estimators predict, each fitted on five parts of the training rows with one fifth left out in turn."""

import numpy as np

from . import fitting
from .pipelines.table import blended

FOLDS = 5


def numbers(features, values, task):
    return mean(features, values, task, lambda pipeline, matrices, part: fitting.numbers(pipeline, matrices, part, task.asked, task.seed))


def probabilities(features, codes, count, task):
    return mean(features, codes, task, lambda pipeline, matrices, part: fitting.probabilities(pipeline, matrices, part, count, task.seed))


def mean(features, target, task, fitted):
    total, parts = 0, folds(len(target), task.seed)
    members = blended(task)
    for pipeline in members:
        train, test = features.view(pipeline.view, pipeline.keeps_missing)
        for rows in parts:
            total = total + fitted(pipeline, (train[rows], test), target[rows])
    return total / (len(members) * len(parts))


def folds(count, seed):
    """Rows to fit on, one array for each fold."""
    fold = np.random.default_rng(seed).permutation(count) % FOLDS
    return [np.flatnonzero(fold != one) for one in range(FOLDS)]
