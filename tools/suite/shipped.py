"""Data sets that a Python environment ships, as sets of columns: what a script can read without looking far."""

import collections
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

endings = (".csv", ".csv.gz", ".csv.bz2", ".dta", ".data", ".dat", ".parquet", ".tsv", ".xlsx", ".json")
fewest = 20


def shipped_columns(folder):
    """Columns with at least 20 different numbers: [(file, (values, how often each))]."""
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
                found.append((path.name, np.unique(values, return_counts=True)))
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


def numbers_of(column):
    values = pd.to_numeric(column, errors="coerce").to_numpy(float)
    return np.sort(np.round(values[np.isfinite(values)], 6))


class Shipped:
    """Columns, found by the values that they hold."""

    def __init__(self, columns):
        self.columns = columns
        self.holders = collections.defaultdict(list)
        for at, (_, (values, _)) in enumerate(columns):
            for value in values:
                self.holders[value].append(at)

    def sharing(self, frame, target, share=0.9):
        """The file that holds nearly all values of the target, or of two columns; None without. Columns of few different numbers prove nothing."""
        found = collections.Counter()
        for name in frame:
            for file in self._files(numbers_of(frame[name]), share):
                found[file] += 2 if name == target else 1
        return next((file for file, count in found.items() if count >= 2), None)

    def _files(self, values, share):
        ours = np.unique(values, return_counts=True)
        if len(ours[0]) < fewest or is_counting(values):
            return set()
        # A few values tell nearly all columns apart.
        few = ours[0][:: max(1, len(ours[0]) // 20)]
        held = collections.Counter(at for value in few for at in self.holders.get(value, ()))
        alike = (self.columns[at] for at, count in held.items() if count >= len(few) * share / 2)
        return {file for file, known in alike if contained(ours, known) >= share}


def is_counting(values):
    """Small whole numbers, as ages and years, occur everywhere."""
    return (values == np.round(values)).all() and np.ptp(values) < max(200, len(values) / 2)


def contained(ours, known):
    """Share of the values that are in the other column, each as often as it occurs there."""
    (values, times), (theirs, others) = ours, known
    place = np.searchsorted(theirs, values).clip(max=len(theirs) - 1)
    return np.where(theirs[place] == values, np.minimum(times, others[place]), 0).sum() / times.sum()
