"""Which rows are the report's."""

import hashlib

import numpy as np

from .clean import is_date, is_number


def seed_of(*words):
    return int.from_bytes(hashlib.sha256("/".join(words).encode()).digest()[:4], "big")


def report_rows(frame, target, name):
    """Numbers of the rows to predict, sorted."""
    count = report_count(len(frame))
    dates = [column for column in frame if column != target and is_date(frame[column])]
    if dates:
        order = np.argsort(frame[dates[0]].fillna("").to_numpy(dtype=str), kind="stable")
        return np.sort(order[len(frame) - count :])
    draw = np.random.default_rng(seed_of("report rows", name))
    strata = strata_of(frame[target])
    # By strata, mixed within each: every n-th row of that order.
    order = np.lexsort((draw.random(len(frame)), strata))
    start = draw.random()
    picked = np.floor((np.arange(count) + start) * len(frame) / count).astype(int)
    return np.sort(order[picked])


def report_count(rows):
    """A quarter; at least 200 where that is no more than two fifths, at most 10,000."""
    return min(10_000, max(rows // 4, min(200, rows * 2 // 5)))


def strata_of(column):
    if not is_number(column) or column.nunique() <= 20:
        return (column if is_number(column) else column.astype(str)).rank(method="dense").to_numpy()
    return np.floor(column.astype(float).rank(pct=True).to_numpy() * 4.999)
