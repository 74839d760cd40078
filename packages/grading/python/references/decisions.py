"""From probabilities of classes to what a metric rewards."""

import numpy as np

from .metrics import ORDERED

DIGITS = 9


def in_domain(probabilities, rows, metric):
    """None so small that one row decides a logarithmic loss: as if each class had been seen once more. `rows`: how many were fitted."""
    if metric.family != "logloss":
        return probabilities
    least = 1 / (rows + probabilities.shape[1])
    raised = np.maximum(probabilities, least)
    return raised / raised.sum(axis=1, keepdims=True)


def decided(probabilities, priors, metric, positive):
    """Places of classes. `priors`: shares of the classes in the training rows; `positive`: the place of the class that counts, of two."""
    # Equal up to float error is equal.
    probabilities = np.round(probabilities, DIGITS)
    if metric.family in ORDERED:
        places = probabilities @ np.arange(probabilities.shape[1]) / probabilities.sum(axis=1)
        return np.rint(np.round(places, DIGITS)).astype(int)
    if metric.family == "balanced_accuracy":
        return (probabilities / np.maximum(priors, 1e-9)).argmax(axis=1)
    if metric.family in ("f1", "fbeta", "jaccard") and probabilities.shape[1] == 2:
        chosen = most_expected_f(probabilities[:, positive], metric.parameter or 1.0)
        return np.where(chosen, positive, 1 - positive)
    return probabilities.argmax(axis=1)


def most_expected_f(probabilities, beta):
    """
    Which rows to call positive for the greatest F-measure that is expected if the probabilities hold: the most probable ones, down to some threshold
    (Lewis 1995). Jaccard's index grows with it.
    """
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(probabilities[order])
    called = np.arange(1, len(order) + 1)
    expected = (1 + beta**2) * hits / (beta**2 * probabilities.sum() + called)
    threshold = probabilities[order][np.round(expected, DIGITS).argmax()]
    return probabilities >= threshold
