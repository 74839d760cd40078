"""Classes of a target, in the order that the grader has them."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Classes:
    # In order, as the data writes them: numbers by value, else as strings.
    labels: tuple
    # Of the training rows, by place in `labels`.
    codes: np.ndarray


POSITIVES = frozenset(["1", "true", "yes", "y", "t", "positive", "pos"])


def classes_of(cells):
    values = [as_number(cell) for cell in cells]
    keys = list(cells) if None in values else values
    # A number is one class however it is written: as where it comes first.
    written = dict(zip(reversed(keys), reversed(list(cells))))
    order = sorted(written)
    code = {key: at for at, key in enumerate(order)}
    return Classes(tuple(written[key] for key in order), np.array([code[key] for key in keys]))


def as_number(cell):
    try:
        value = float(cell)
    except ValueError:
        return None
    # Python's own way to part thousands is nobody else's.
    if "_" in cell:
        return None
    return value if np.isfinite(value) else None


def positive_place(labels, positive):
    """Where the class lies whose probability is asked for: the one that is named, else the last unless only the first is a yes."""
    if positive is not None:
        for at, label in enumerate(labels):
            if normal(label) == normal(positive):
                return at
    if len(labels) == 2 and normal(labels[0]) in POSITIVES and normal(labels[1]) not in POSITIVES:
        return 0
    return len(labels) - 1


def normal(label):
    number = as_number(label)
    if number is None:
        return label.strip().lower()
    return str(int(number)) if number.is_integer() else repr(number)
