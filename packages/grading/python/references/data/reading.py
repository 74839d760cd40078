"""The tables of a public folder, cells as they are written."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..problem import Problem

# What pandas takes for missing, as of pandas 2: of a feature, as it is to whoever solves the task; of a label only an empty cell is.
MISSING = frozenset(pd._libs.parsers.STR_NA_VALUES)


@dataclass(frozen=True)
class Tables:
    train: pd.DataFrame
    test: pd.DataFrame
    # The header of the sample submission.
    columns: tuple


def read_tables(task):
    train = read(task.public / "train.csv")
    test = read(task.public / "test.csv")
    for path, table, names in (("train.csv", train, task.target), ("test.csv", test, task.id)):
        lacking = [name for name in names if name not in table]
        if lacking:
            raise Problem(f"{path} has no column {', '.join(lacking)}.")
    return Tables(train, test, sample_header(task))


def read(path):
    if not path.is_file():
        raise Problem(f"{path.name} is not in the public folder.")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def sample_header(task):
    for name in ("sample_submission.csv", "sampleSubmission.csv"):
        path = task.public / name
        if path.is_file():
            return tuple(pd.read_csv(path, dtype=str, nrows=0).columns)
    return (*task.id, *task.target)


def with_gaps(column):
    """A feature's cells, NaN where one is missing."""
    return column.mask(column.isin(MISSING), np.nan)
