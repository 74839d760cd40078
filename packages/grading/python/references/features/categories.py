"""Levels of categories as numbers, by their order and how often they occur: the same for levels that are recoded with their order kept."""

from bisect import bisect_left

import numpy as np

MOST_LEVELS = 50
LEAST_SHARE = 0.005
LEAST_ROWS = 5


def ordinal(pairs, keeps_missing):
    """A column each: the place of a level among those of the training rows; of one that is not there the place between two."""
    columns = []
    for train, test in pairs:
        levels = sorted({cell for cell in train if cell is not None})
        if not levels or (len(levels) == 1 and None not in train):
            continue
        gap = np.nan if keeps_missing else -1.0
        columns.append((codes(train, levels, gap), codes(test, levels, gap)))
    return columns


def codes(cells, levels, gap):
    code = {level: float(at) for at, level in enumerate(levels)}
    known = {None: gap}
    for cell in cells:
        if cell not in known:
            known[cell] = code[cell] if cell in code else bisect_left(levels, cell) - 0.5
    return np.array([known[cell] for cell in cells])


def onehot(pairs):
    """A column for each frequent level, one for all others, and one for gaps; those that are the same in all training rows are left out."""
    columns = []
    for train, test in pairs:
        frequent = frequent_levels(train)
        group = {level: at for at, level in enumerate(frequent)} | {None: len(frequent) + 1}
        groups = [np.array([group.get(cell, len(frequent)) for cell in cells]) for cells in (train, test)]
        for at in range(len(frequent) + 2):
            pair = tuple((codes == at).astype(float) for codes in groups)
            if pair[0].min() < pair[0].max():
                columns.append(pair)
    return columns


def frequent_levels(cells):
    counts = {}
    for cell in cells:
        if cell is not None:
            counts[cell] = counts.get(cell, 0) + 1
    least = max(LEAST_ROWS, LEAST_SHARE * len(cells))
    frequent = sorted((level for level in counts if counts[level] >= least), key=lambda level: (-counts[level], level))
    return sorted(frequent[:MOST_LEVELS])
