"""Answers requests about single functions: {ask, with: [arguments, ...]} on standard input; a list of what each gives on standard output."""

import json
import sys
from pathlib import Path

import numpy as np

from references.decisions import decided
from references.features.canonical import SCALINGS
from references.features.images import grid_pixels
from references.labels import classes_of, positive_place
from references.metrics import metric_of
from references.pipelines.table import pipelines_of
from references.problem import Problem
from references.targets import transformed
from references.tasks import Task


def pipelines(metric, kind):
    try:
        task = Task("t", Path("."), metric, kind, ("y",), ("id",), None, 0)
        return {"pipelines": [[one.name, one.family] for one in pipelines_of(task, 2)]}
    except Problem as problem:
        return {"problem": str(problem)}


def pixels(folder, name, width):
    # A grid as fine as the image leaves its pixels as they are.
    return [float(value) for value in grid_pixels([name], Path(folder), width)[0].ravel()]


def scaled(scaling, train, test):
    made = SCALINGS[scaling](np.array(train, dtype=float), np.array(test, dtype=float))
    return None if made is None else [[None if np.isnan(value) else value for value in part] for part in made]


def target(name, metric, values):
    """The values that are fitted, and what comes back of them."""
    made = transformed(np.array(values, dtype=float), name, metric_of(metric, "regression"))
    return [list(made.values), list(made.back(made.values))]


def labels(metric, probabilities, priors):
    return [int(place) for place in decided(np.array(probabilities), np.array(priors), metric_of(metric, "multiclass"), 1)]


def classes(cells, positive):
    found = classes_of(cells)
    return [list(found.labels), [int(code) for code in found.codes], positive_place(found.labels, positive)]


asked = json.load(sys.stdin)
answers = {"pipelines": pipelines, "pixels": pixels, "scaled": scaled, "target": target, "labels": labels, "classes": classes}
json.dump([answers[asked["ask"]](*arguments) for arguments in asked["with"]], sys.stdout)
