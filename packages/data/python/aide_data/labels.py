"""The labels of the training rows, as pandas reads them."""

import base64
from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from .columns import text_of
from .keys import chunks_of, normal_texts
from .moments import moments

SAMPLE = 100_000


class Labels:
    """A column for each target, of numbers or of classes, with a row for each row of the training tables, in order.

    Kept as arrays: as texts the labels of a long table would fill the memory.
    """

    def __init__(self, columns, others=None):
        self.columns, self.others = columns, others
        self.rows = len(next(iter(columns.values())))
        present = np.zeros(self.rows, bool)
        for column in columns.values():
            present |= column.notna().to_numpy()
        # With several targets a row counts where any is known.
        self.labelled = np.flatnonzero(present)

    def survey(self, as_classes, group):
        """What a split needs to know: how many rows have a label, and which class or entity each of them is of."""
        answer = {"rows": self.rows, "labelled": len(self.labelled)}
        if as_classes:
            first = next(iter(self.columns.values())).iloc[self.labelled]
            codes, classes = pd.factorize(first)
            counts = np.bincount(codes[codes >= 0], minlength=len(classes))
            answer["classes"] = [[text_of(label), int(count)] for label, count in zip(classes, counts)]
            answer["codes"] = packed(codes)
        if group is not None:
            answer["groups"] = packed(pd.factorize(normal_texts(self.others[group])[self.labelled])[0])
        return answer

    def latest(self, count, date):
        """Ordinals, among the labelled rows, of the latest: so many, or hardly more or fewer where that keeps a moment on one side."""
        dates = moments(self.others[date].iloc[self.labelled]).to_numpy()
        order = np.argsort(dates, kind="stable")
        known = order[~pd.isna(dates[order])]
        if count == 0 or len(known) == 0:
            return []
        begun = dates[known[-min(count, len(known))]]
        after, since = (np.searchsorted(dates[known], begun, side) for side in ("right", "left"))
        fewer, more = len(known) - after, len(known) - since
        wanted = more if more <= 1.25 * count else fewer if fewer >= 0.75 * count else count
        return sorted(known[-wanted:].tolist())

    def texts(self, name, rows):
        """Labels of some rows as texts that read back as they are; "" where there is none."""
        column = self.columns[name].iloc[rows]
        return ["" if missing else text_of(value) for value, missing in zip(column.astype(object), column.isna())]

    def sample(self, rows, seed):
        """Of so many rows a part that is as good as all."""
        if len(rows) <= SAMPLE:
            return rows
        return np.sort(np.random.default_rng(seed).choice(rows, SAMPLE, replace=False))

    def joined(self, at):
        """The labels in the order of other rows: `at` holds each one's row here, -1 for none."""
        columns = {}
        for name, column in self.columns.items():
            taken = column.take(np.maximum(at, 0)).reset_index(drop=True)
            columns[name] = taken.where(pd.Series(at >= 0))
        return Labels(columns)


def packed(codes):
    return base64.b64encode(np.asarray(codes, np.int32).tobytes()).decode()


def read_labels(tables, targets, extra=()):
    """The labels of all tables, one after the other, and the cells of some other columns."""
    parts, others = {target["name"]: [] for target in targets}, []
    for table in tables:
        table = with_classes(table, targets)
        wanted = list(dict.fromkeys([*parts, *extra]))
        for chunk in chunks_of(table, wanted):
            for target in targets:
                parts[target["name"]].append(_labels_in(chunk[target["name"]], target))
            others.append(chunk[list(dict.fromkeys(extra))])
    columns = {name: _together(some) for name, some in parts.items()}
    return Labels(columns, pd.concat(others, ignore_index=True) if extra else None)


def _labels_in(column, target):
    if target["number"]:
        return as_numbers(column, target.get("style")).reset_index(drop=True)
    texts = pd.Series(normal_texts(column), dtype=object)
    return pd.Categorical(texts.where(texts != ""))


def _together(parts):
    if isinstance(parts[0], pd.Categorical):
        return pd.Series(union_categoricals(parts) if len(parts) > 1 else parts[0])
    return pd.concat(parts, ignore_index=True)


def with_classes(table, targets):
    """The table read so that a class that pandas would take for missing, as None, stays a class."""
    kept = {token for target in targets for token in target["classTokens"]}
    if table.format == "excel":
        return replace(table, kept=tuple(sorted(kept)))
    if table.reading is None or not kept:
        return table
    return replace(table, reading=table.reading.with_(kept=tuple(sorted(kept))))


def as_numbers(column, style=None):
    """A column as numbers: with a unit taken away, as `style` describes; what is none is missing."""
    if pd.api.types.is_bool_dtype(column):
        return column.astype(int)
    if pd.api.types.is_numeric_dtype(column):
        return column
    text = column.astype("string")
    if style is not None:
        if style.get("thousands"):
            text = text.str.replace(style["thousands"], "", regex=False)
        if style.get("decimal") == ",":
            text = text.str.replace(",", ".", regex=False)
        text = text.str.replace(r"[^0-9eE.+-]", "", regex=True)
    return pd.to_numeric(text, errors="coerce").astype(float)
