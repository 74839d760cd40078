"""Submissions as tables: the columns of the sample submission, rows in the order of the test rows."""

import numpy as np
import pandas as pd

from .problem import Problem


def answer_columns(tables, task):
    """The columns that hold answers, and whether they are one for each class."""
    columns = [name for name in tables.columns if name not in task.id]
    by_class = any(name not in columns for name in task.target) and len(columns) > len(task.target)
    if not by_class and len(columns) != len(task.target):
        raise Problem(f"The sample submission has {len(columns)} columns of answers for {len(task.target)} targets.")
    return columns, by_class


def places_of_classes(columns, labels, positive):
    """For each answer column the place of its class: by name, else by order, the positive one of two last."""
    if sorted(columns) == sorted(labels):
        return [labels.index(name) for name in columns]
    if len(columns) != len(labels):
        raise Problem(f"The sample submission has {len(columns)} columns for {len(labels)} classes.")
    return [1 - positive, positive] if len(labels) == 2 else list(range(len(labels)))


def submission(tables, task, answers):
    """The table to write. `answers`: by column."""
    for name, values in answers.items():
        if np.asarray(values).dtype.kind == "f" and not np.isfinite(values).all():
            raise Problem(f"Some predictions of {name} are not finite.")
    given = {name: tables.test[name] if name in task.id else answers[name] for name in tables.columns}
    return pd.DataFrame(given, columns=list(tables.columns))
