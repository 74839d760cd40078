"""What the columns of a table hold, decided alike for a table and for its obfuscated twin: by order and distinctness, never by names or sizes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .moments import moments_of
from .reading import with_gaps


@dataclass(frozen=True)
class Columns:
    """Pairs of train and test, column by column."""

    # Floats, NaN where missing.
    numbers: tuple
    # Strings, None where missing.
    categories: tuple
    # Strings, "" where missing.
    texts: tuple
    # Paths below the public folder.
    images: tuple


def columns_of(tables, task):
    kinds = {"numbers": [], "categories": [], "texts": [], "images": []}
    left_out = {*task.target, *task.id}
    features = [name for name in tables.train if name in tables.test and name not in left_out]
    for name in features:
        kind, pairs = kind_of(with_gaps(tables.train[name]), with_gaps(tables.test[name]), task)
        kinds[kind].extend(pairs)
    return Columns(**{kind: tuple(pairs) for kind, pairs in kinds.items()})


def kind_of(train, test, task):
    both = pd.concat([train, test], ignore_index=True)
    known = both.dropna()
    cut = len(train)
    if len(known) == 0:
        return "numbers", []
    numbers = pd.to_numeric(known, errors="coerce")
    if numbers.notna().all():
        values = pd.to_numeric(both, errors="coerce").to_numpy(float, copy=True)
        values[~np.isfinite(values)] = np.nan
        return "numbers", [(values[:cut], values[cut:])]
    if task.form == "images" and names_images(known, task.public):
        return "images", [(list(train), list(test))]
    parts = moments_of(both)
    if parts is not None:
        return "numbers", [(values[:cut], values[cut:]) for values in parts]
    if task.form == "text" and is_text(known):
        whole = both.fillna("").to_numpy(object)
        return "texts", [(whole[:cut], whole[cut:])]
    cells = both.astype(object).where(both.notna(), None).to_numpy(object)
    return "categories", [(cells[:cut], cells[cut:])]


def names_images(known, public):
    return known.str.lower().str.endswith(".png").all() and (public / known.iloc[0]).is_file()


def is_text(known):
    """Several words, seldom the same."""
    return known.str.count(r"\S+").mean() >= 3 and known.nunique() > 0.2 * len(known)
