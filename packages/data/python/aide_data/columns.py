"""What a column holds: type, range, values, gaps."""

import re
from collections import Counter

import pandas as pd

DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?$|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}( .*)?$|\d{4}/\d{1,2}/\d{1,2}( .*)?$")
BOOLEANS = frozenset({"true", "false", "yes", "no", "t", "f", "y", "n"})
SHOWN = 12
CLASSES = 100


def profile(name, column, position, style=None):
    """Facts of one column of a frame, as pandas reads it."""
    present = column.dropna()
    counts = Counter()
    for value, count in present.value_counts(sort=False).items():
        counts[text_of(value)] += int(count)
    kind = type_of(present, list(counts))
    values = sorted(counts, key=lambda value: (-counts[value], value))[: CLASSES if len(counts) <= CLASSES and kind in ("category", "boolean", "integer") else SHOWN]
    facts = {
        "name": name,
        "position": position,
        "type": kind,
        "missing": int(column.isna().sum()),
        "read": len(column),
        "unique": len(counts),
        "values": [value[:200] for value in values],
    }
    if kind in ("integer", "number"):
        facts["range"] = [float(present.min()), float(present.max())]
    if style is not None:
        facts["style"] = {"decimal": style.decimal, "thousands": style.thousands, "unit": style.unit}
    return facts


def type_of(present, unique):
    """Of the cells that are there; `unique`: their texts, once each."""
    if len(present) == 0:
        return "empty"
    if pd.api.types.is_bool_dtype(present):
        return "boolean"
    if pd.api.types.is_integer_dtype(present):
        return "integer"
    if pd.api.types.is_float_dtype(present):
        # Whole numbers beside a gap are read as fractions.
        return "integer" if (present % 1 == 0).all() else "number"
    if pd.api.types.is_datetime64_any_dtype(present):
        return "date"
    if pd.api.types.is_numeric_dtype(present):
        return "number"
    if all(value.lower() in BOOLEANS for value in unique[:3]) and all(value.lower() in BOOLEANS for value in unique):
        return "boolean"
    if all(DATE.match(value) for value in unique[:500]):
        return "date"
    average = sum(map(len, unique)) / len(unique)
    return "text" if average > 40 or (len(unique) > 50 and len(unique) > len(present) / 2) else "category"


def text_of(value):
    """A cell as text: whole numbers without a point, whatever pandas had to make of them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return str(value.date()) if value == value.normalize() else str(value)
    return str(value)


def texts(column):
    """A column's cells as text, "" for a missing one."""
    return [("" if missing else text_of(value)) for value, missing in zip(column.astype(object), column.isna())]
