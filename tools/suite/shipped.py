"""Data sets that a Python environment ships, as sets of columns: what a script can read without looking far."""

import collections
import itertools
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

endings = (".csv", ".csv.gz", ".csv.bz2", ".dta", ".data", ".dat", ".parquet", ".tsv", ".xlsx", ".json")
fewest = 20


def shipped_columns(folder):
    """Columns with at least 20 different numbers: [(file, (values, how often each), the column as it is)]."""
    found = []
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file() or not path.name.endswith(endings) or path.stat().st_size > 50_000_000:
            continue
        frame = read(path)
        if frame is None:
            continue
        for name in frame:
            values = numbers_of(frame[name])
            if len(np.unique(values)) >= fewest:
                found.append((path.name, np.unique(values, return_counts=True), as_numbers(frame[name])))
    return found


def read(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for reader in (
            (pd.read_stata,) if path.name.endswith(".dta") else (pd.read_parquet,) if path.name.endswith(".parquet") else (pd.read_excel,) if path.name.endswith(".xlsx")
            else (pd.read_json,) if path.name.endswith(".json") else (comma, semicolon, space)
        ):
            try:
                frame = reader(path)
            except Exception:  # noqa: BLE001 any file that is no table
                continue
            if isinstance(frame, pd.DataFrame) and len(frame) >= fewest:
                return frame
    return None


def comma(path):
    return wide(pd.read_csv(path))


def semicolon(path):
    return wide(pd.read_csv(path, sep=";"))


def space(path):
    return pd.read_csv(path, sep=r"\s+", header=None)


def wide(frame):
    if frame.shape[1] < 2:
        raise ValueError("one column")
    return frame


def as_numbers(column):
    return np.round(pd.to_numeric(column, errors="coerce").to_numpy(float), 6)


def numbers_of(column):
    values = as_numbers(column)
    return np.sort(values[np.isfinite(values)])


class Shipped:
    """Columns, found by the values that they hold."""

    def __init__(self, columns):
        self.columns = columns
        self.holders = collections.defaultdict(list)
        for at, (_, (values, _), _) in enumerate(columns):
            for value in values:
                self.holders[value].append(at)

    def sharing(self, frame, target, share=0.9):
        """The file that holds nearly all values of the target, or the rows of two columns; None without. Columns of few different numbers prove nothing."""
        alike = collections.defaultdict(list)
        for name in frame:
            for at in self._like(numbers_of(frame[name]), share):
                if name == target:
                    return self.columns[at][0]
                alike[self.columns[at][0]].append((name, at))
        return next((file for file, pairs in alike.items() if self._same_rows(frame, pairs)), None)

    def _like(self, values, share):
        ours = np.unique(values, return_counts=True)
        if len(ours[0]) < fewest or is_counting(values):
            return []
        # A few values tell nearly all columns apart.
        few = ours[0][:: max(1, len(ours[0]) // 20)]
        held = collections.Counter(at for value in few for at in self.holders.get(value, ()))
        return [at for at, count in held.items() if count >= len(few) * share / 2 and contained(ours, self.columns[at][1]) >= share]

    def _same_rows(self, frame, pairs):
        """Whether most rows of two of our columns are rows of two of the file's."""
        for (first, one), (second, other) in itertools.combinations(pairs, 2):
            if first == second or one == other or len(self.columns[one][2]) != len(self.columns[other][2]):
                continue
            ours = list(zip(as_numbers(frame[first]), as_numbers(frame[second])))
            theirs = set(zip(self.columns[one][2], self.columns[other][2]))
            if sum(row in theirs for row in ours) > len(ours) / 2:
                return True
        return False


def is_counting(values):
    """Small whole numbers, as ages and years, occur everywhere."""
    return (values == np.round(values)).all() and np.ptp(values) < max(200, len(values) / 2)


def contained(ours, known):
    """Share of the values that are in the other column, each as often as it occurs there."""
    (values, times), (theirs, others) = ours, known
    place = np.searchsorted(theirs, values).clip(max=len(theirs) - 1)
    return np.where(theirs[place] == values, np.minimum(times, others[place]), 0).sum() / times.sum()
