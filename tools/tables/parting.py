"""Splits a table's rows into training rows and rows to predict, as its entry says that they differ."""

import math

import numpy as np

TEST_SHARE = 0.25


def part_rows(frame, order, rng):
    """(training rows, rows to predict): any rows, the latest ones, or those of whole entities; both in the table's own order."""
    chosen = {"time": latest, "group": entities}.get((order or {}).get("by"), anywhere)
    is_test = chosen(frame, (order or {}).get("columns", [None])[0], rng)
    return frame[~is_test].reset_index(drop=True), frame[is_test].reset_index(drop=True)


def anywhere(frame, _, rng):
    is_test = np.zeros(len(frame), bool)
    is_test[rng.choice(len(frame), math.ceil(len(frame) * TEST_SHARE), replace=False)] = True
    return is_test


def latest(frame, column, rng):
    """Strictly later: no moment is on both sides."""
    cut = frame[column].sort_values().iloc[int(len(frame) * (1 - TEST_SHARE))]
    return (frame[column] > cut).to_numpy()


def entities(frame, column, rng):
    known = rng.permutation(frame[column].unique())
    taken, rows = [], 0
    while rows < len(frame) * TEST_SHARE:
        taken.append(known[len(taken)])
        rows += int((frame[column] == taken[-1]).sum())
    return frame[column].isin(taken).to_numpy()
