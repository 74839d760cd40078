"""The answers of a pipeline, in the form that the metric and the sample submission ask for."""

import numpy as np
import pandas as pd

from . import automl, blend, decisions, fitting, targets
from .data.columns import columns_of
from .data.reading import read_tables, with_gaps
from .features.views import Features
from .labels import classes_of, positive_place
from .problem import Problem
from .submission import answer_columns, places_of_classes, submission


class TaskData:
    """A task's tables and what was made of them, for all of its pipelines."""

    def __init__(self, task):
        self.task = task
        self.tables = read_tables(task)
        self.columns, self.by_class = answer_columns(self.tables, task)
        self.features = {}

    def features_of(self, known):
        """Of the training rows whose label is known."""
        key = known.to_numpy().tobytes()
        if key not in self.features:
            tables = self.tables
            train = tables.train[known].reset_index(drop=True)
            self.features[key] = Features(columns_of(type(tables)(train, tables.test, tables.columns), self.task), self.task)
        return self.features[key]

    def submission(self, pipeline):
        answers = {}
        for at, target in enumerate(self.task.target):
            cells = self.tables.train[target]
            is_number = self.task.asked.answer == "number"
            known = with_gaps(cells).notna() if is_number else cells.str.strip() != ""
            own = self.numbers if is_number else self.classes
            answers |= own(pipeline, self.features_of(known), list(cells[known]), at)
        return submission(self.tables, self.task, answers)

    def numbers(self, pipeline, features, cells, at):
        values = pd.to_numeric(pd.Series(cells), errors="coerce").to_numpy(float)
        if not np.isfinite(values).all():
            raise Problem(f"The target {self.task.target[at]} is no number in all training rows.")
        task = self.task
        if pipeline.estimator == "blend":
            predicted = blend.numbers(features, values, task)
        elif pipeline.estimator == "flaml":
            predicted = automl.numbers(features, values, task, pipeline)
        else:
            matrices = features.view(pipeline.view, pipeline.keeps_missing)
            predicted = fitting.numbers(pipeline, matrices, values, task.asked, task.seed)
        return {self.columns[at]: targets.in_domain(predicted, values, task.asked)}

    def classes(self, pipeline, features, cells, at):
        classes = classes_of(cells)
        labels, count = classes.labels, len(classes.labels)
        if count < 2:
            raise Problem("The target is the same in all training rows.")
        task = self.task
        if pipeline.estimator == "blend":
            found = blend.probabilities(features, classes.codes, count, task)
        elif pipeline.estimator == "flaml":
            found = automl.probabilities(features, classes.codes, count, task, pipeline)
        else:
            matrices = features.view(pipeline.view, pipeline.keeps_missing)
            found = fitting.probabilities(pipeline, matrices, classes.codes, count, task.seed)
        found = decisions.in_domain(found, len(cells), task.asked)
        return self.answer_of(found, labels, np.bincount(classes.codes) / len(classes.codes), at)

    def answer_of(self, found, labels, priors, at):
        task = self.task
        positive = positive_place(labels, task.positive)
        if self.by_class:
            places = places_of_classes(self.columns, list(labels), positive)
            return {name: found[:, place] for name, place in zip(self.columns, places)}
        column, answer = self.columns[at], task.asked.answer
        if answer == "label":
            return {column: np.array(labels, dtype=object)[decisions.decided(found, priors, task.asked, positive)]}
        if answer == "ranking":
            first = np.argsort(-np.round(found, 9), axis=1, kind="stable")[:, : int(task.asked.parameter)]
            return {column: [" ".join(labels[place] for place in row) for row in first]}
        if len(labels) > 2:
            raise Problem("The metric takes a probability of each class, and the sample submission has one column.")
        return {column: found[:, positive]}
