"""One estimator fitted on the training rows of one target, and what it predicts for the test rows."""

import numpy as np

from .estimators import built
from .pipelines.shapes import Shape
from .targets import transformed


def numbers(pipeline, matrices, values, metric, seed):
    """Predicted numbers in the target's own unit."""
    train, test = matrices
    target = transformed(values, pipeline.target, metric)
    chosen = sample(len(values), pipeline.rows, seed)
    estimator = built(pipeline, Shape(len(chosen), train.shape[1], metric.quantile), seed)
    estimator.fit(train[chosen], target.values[chosen])
    return target.back(np.asarray(estimator.predict(test), dtype=float).ravel())


def probabilities(pipeline, matrices, codes, count, seed):
    """Rows × classes, summing to 1: 0 for a class that no fitted row has."""
    train, test = matrices
    chosen = sample_of_classes(codes, pipeline.rows, seed)
    present, known = np.unique(codes[chosen], return_inverse=True)
    found = np.zeros((test.shape[0], count))
    if len(present) == 1:
        found[:, present] = 1
        return found
    estimator = built(pipeline, Shape(len(chosen), train.shape[1]), seed)
    estimator.fit(train[chosen], known)
    found[:, present] = summing_to_one(estimator.predict_proba(test))
    return found


def summing_to_one(rows):
    """Libraries that compute in single precision miss it by a little."""
    rows = np.clip(np.asarray(rows, dtype=float), 0, 1)
    return rows / rows.sum(axis=1, keepdims=True)


def sample(count, most, seed):
    if most is None or count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).permutation(count)[:most])


def sample_of_classes(codes, most, seed):
    """Rows of each class by its share, five of one that is rare."""
    if most is None or len(codes) <= most:
        return np.arange(len(codes))
    drawn = np.random.default_rng(seed).permutation(len(codes))
    chosen = []
    for code in np.unique(codes):
        own = drawn[codes[drawn] == code]
        chosen.extend(own[: max(5, round(most * len(own) / len(codes)))])
    return np.sort(chosen)
