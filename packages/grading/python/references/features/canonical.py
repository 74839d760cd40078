"""
Numbers in a form that does not depend on their unit or zero: the same bits for x and for a·x + b, a > 0, so that what is fitted on them is the same, ties of
splits and of distances included. What is left of float error is rounded away.
"""

import numpy as np

DIGITS = 9


def standardised(train, test):
    """Columns with mean 0 and standard deviation 1 in the training rows; None for one that is constant there."""
    known = train[~np.isnan(train)]
    if len(known) == 0 or known.min() == known.max():
        return None
    centre, spread = known.mean(), known.std()
    return tuple(np.round((values - centre) / spread, DIGITS) for values in (train, test))


def quantiles(train, test):
    """
    Places among the training values, evenly spread with standard deviation 1; between two of them by straight line, beyond them the outermost one's.
    None for a constant column.
    """
    known = np.sort(train[~np.isnan(train)])
    distinct, counts = np.unique(known, return_counts=True)
    if len(distinct) < 2:
        return None
    places = np.cumsum(counts) - (counts + 1) / 2
    return tuple(evenly(np.interp(values, distinct, places), len(known)) for values in (train, test))


def evenly(places, count):
    # Rounded before they are scaled: half-way between two values stays exactly half-way.
    return (np.round(places, 6) / max(1, count - 1) - 0.5) * np.sqrt(12)


SCALINGS = {"standardised": standardised, "quantiles": quantiles}


def numbers(pairs, scaling, keeps_missing):
    """Columns of train and of test. Where gaps are not kept, they get the median, and another column says where they were."""
    columns = []
    for train, test in pairs:
        scaled = SCALINGS[scaling](train, test)
        if scaled is not None:
            columns.append(scaled if keeps_missing else filled(*scaled))
        gaps = np.isnan(train)
        if not keeps_missing and gaps.any() and not gaps.all():
            columns.append((gaps.astype(float), np.isnan(test).astype(float)))
    return columns


def filled(train, test):
    middle = np.round(np.nanmedian(train), DIGITS)
    return tuple(np.where(np.isnan(values), middle, values) for values in (train, test))
