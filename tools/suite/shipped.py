"""Data sets that a Python environment ships, as sets of columns: what a script can read without looking far."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd

endings = (".csv", ".csv.gz", ".csv.bz2", ".dta", ".data", ".dat", ".parquet", ".tsv", ".xlsx", ".json")
fewest = 20


def shipped_columns(folder):
    """Sorted values of each column with at least 20 different numbers: [(file, values)]."""
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
                found.append((path.name, values))
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


def shares_column(frame, shipped, share=0.9):
    """The file that holds nearly all values of some column of the frame; None without. Columns of few different numbers prove nothing."""
    for name in frame:
        values = numbers_of(frame[name])
        if len(np.unique(values)) < fewest or is_counting(values):
            continue
        for file, known in shipped:
            if contained(values, known) >= share:
                return file
    return None


def is_counting(values):
    """Small whole numbers, as ages and years, occur everywhere."""
    return (values == np.round(values)).all() and np.ptp(values) < max(200, len(values) / 2)


def contained(values, known):
    """Share of the values that are in the other list, each as often as it occurs there."""
    ours, times = np.unique(values, return_counts=True)
    theirs, others = np.unique(known, return_counts=True)
    place = np.searchsorted(theirs, ours).clip(max=len(theirs) - 1)
    return np.where(theirs[place] == ours, np.minimum(times, others[place]), 0).sum() / len(values)
