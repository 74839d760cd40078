"""
Targets in a form that does not depend on their unit (and, where the metric allows another one, their zero): what is fitted is the same for y and for a·y + b,
and so are the predictions, mapped back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .features.canonical import DIGITS
from .metrics import DEVIANCES
from .problem import Problem


@dataclass(frozen=True)
class Transformed:
    values: np.ndarray
    # From predictions of `values` to the target's own unit.
    back: Callable


def transformed(values, name, metric):
    if values.min() == values.max():
        raise Problem("The target is the same in all training rows.")
    return TRANSFORMS[name](values, metric)


def plain(values, _metric):
    """Standardised."""
    centre, spread = values.mean(), values.std()
    return Transformed(np.round((values - centre) / spread, DIGITS), lambda fitted: centre + spread * fitted)


def logarithm(values, metric):
    """Standardised logarithm. What is predicted stays within a standard deviation of the training rows' range, or its exponential knows no end."""
    shift = log_shift(values, metric)
    logs = plain(np.log(values + shift), metric)
    least, most = logs.values.min() - 1, logs.values.max() + 1
    return Transformed(logs.values, lambda fitted: np.exp(logs.back(np.clip(fitted, least, most))) - shift)


def log_shift(values, metric):
    """
    What is added before the logarithm: nothing to positive values and the smallest of them where some are 0, if the metric leaves the target its zero. Any
    other target counts from its least value, as far below which the logarithm's zero lies as the median lies above it.
    """
    least = values.min()
    if metric.scales_only and least >= 0:
        return 0.0 if least > 0 else values[values > 0].min()
    middle = np.median(values)
    return (middle if middle > least else values.mean()) - 2 * least


def shares(values, metric):
    """Beside their mean, from 0 on: for losses of counts."""
    least = 0.0 if metric.scales_only and values.min() >= 0 else values.min()
    spread = values.mean() - least
    return Transformed(np.round((values - least) / spread, DIGITS), lambda fitted: least + spread * fitted)


TRANSFORMS = {"plain": plain, "log": logarithm, "shares": shares}


def in_domain(predicted, values, metric):
    """Predictions that the metric is defined for. `values`: of the training rows."""
    if metric.family in DEVIANCES:
        return np.maximum(predicted, 0.001 * values.mean())
    if metric.family in ("rmsle", "msle"):
        return np.maximum(predicted, min(0.0, values.min()))
    return predicted
