"""A table as a task has it: rows with a target, columns that say something, cells as CSV files hold them."""

import numpy as np
import pandas as pd

PROSE_WORDS = 5


def cleaned(frame, target, left_out=(), fewest=20):
    """The target's column last. `left_out`: columns that give the target away; `fewest`: rows that a class has at least."""
    frame = frame.drop(columns=[name for name in ("rownames", *left_out) if name in frame])
    frame = frame[frame[target].notna()].reset_index(drop=True)
    frame = pd.DataFrame({str(name).strip(): plain(frame[name]) for name in frame})
    if not is_number(frame[target]) or frame[target].nunique() == 2:
        counts = frame[target].value_counts()
        frame = frame[frame[target].isin(counts.index[counts >= fewest])].reset_index(drop=True)
    features = [name for name in frame if name != target and says_something(frame[name])]
    return frame[[*features, target]]


def plain(column):
    """Whole numbers without fraction, dates in ISO 8601, texts in one line."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if pd.api.types.is_bool_dtype(column):
        return column.astype(str)
    if pd.api.types.is_datetime64_any_dtype(column):
        whole = (column.dropna() == column.dropna().dt.normalize()).all()
        return column.dt.strftime("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M:%S")
    if pd.api.types.is_numeric_dtype(column):
        known = column[np.isfinite(column.astype(float))]
        if len(known) and (known == known.round()).all() and known.abs().max() < 2**53:
            return column.where(np.isfinite(column.astype(float))).astype("Int64")
        return column.astype(float).replace([np.inf, -np.inf], np.nan)
    return column.map(lambda cell: None if pd.isna(cell) else " ".join(str(cell).split()) or None).astype(object)


def is_number(column):
    return pd.api.types.is_numeric_dtype(column)


def is_date(column):
    """Texts that all are ISO dates."""
    known = column.dropna()
    return not is_number(column) and len(known) > 0 and known.astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?").all()


def is_prose(column):
    known = column.dropna()
    return not is_number(column) and len(known) > 0 and known.str.split().str.len().mean() >= PROSE_WORDS and known.nunique() > 0.8 * len(known)


def says_something(column):
    known = column.dropna()
    if known.nunique() < 2:
        return False
    if known.nunique() < len(column):
        return True
    # Different in each row: a row number or a name, unless it is an amount, a date or prose.
    if not is_number(column):
        return is_date(column) or is_prose(column)
    return not (pd.api.types.is_integer_dtype(column) and int(known.max()) - int(known.min()) == len(column) - 1)
