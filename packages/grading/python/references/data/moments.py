"""Dates as numbers that a shift by 28 years leaves as they are or moves by a constant: years from then on have the same weekdays and leap days."""

import re

import numpy as np
import pandas as pd

FORMATS = (
    (r"\d{4}-\d{1,2}-\d{1,2}([ T].*)?", "ISO8601"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{4}-\d{1,2}", "%Y-%m"),
)


def moments_of(column):
    """Parts of the dates, a float array each; None where a cell is no date. A part that is the same everywhere says nothing, and is dropped later on."""
    known = column.dropna()
    for pattern, written in FORMATS:
        if not re.fullmatch(pattern, known.iloc[0].strip()):
            continue
        times = pd.to_datetime(column, format=written, errors="coerce", utc=True)
        if times[known.index].notna().all():
            return parts(times)
    return None


def parts(times):
    elapsed = (times - times.min()) / pd.Timedelta(days=1)
    found = [elapsed, *(getattr(times.dt, name) for name in ("year", "month", "day", "dayofweek", "hour"))]
    return [np.asarray(part, dtype=float) for part in found]
