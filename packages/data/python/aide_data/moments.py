"""Moments in time, as columns write them."""

import re

import pandas as pd

NUMBERED = re.compile(r"\s*(\d{1,2})([/.])(\d{1,2})\2\d{2,4}")
# Words in the name of a column of numbers that are moments. The other side knows them as well.
WORDS = frozenset("date datetime timestamp time year yr month week day quarter period season epoch jahr datum".split())


def moments(column):
    """A column as times of UTC, or as numbers where it holds numbers; missing where a cell is neither."""
    if pd.api.types.is_numeric_dtype(column):
        return column
    dayfirst = is_day_first(column)
    return pd.to_datetime(column, errors="coerce", format="mixed", dayfirst=dayfirst, utc=True).dt.tz_localize(None)


def is_day_first(column):
    """Whether 03.04.2020 is in April: days come first between points, and between strokes where a first number is no month."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return False
    parts = [match for cell in column.dropna().astype(str).unique()[:5000] if (match := NUMBERED.match(cell))]
    firsts, seconds = [int(part[1]) for part in parts], [int(part[3]) for part in parts]
    if not parts or max(seconds) > 12:
        return False
    return max(firsts) > 12 or parts[0][2] == "."


def is_moment_name(name):
    return not WORDS.isdisjoint(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower().replace("_", " ").replace(".", " ").replace("-", " ").split())
