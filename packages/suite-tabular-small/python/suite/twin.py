"""The obfuscated copy of a table: the same task to a learner, another one to a memory."""

import re

import numpy as np
import pandas as pd

from .clean import is_date, is_number
from .parting import seed_of

YEARS = 28
"""After which weekdays and leap years fall on the same dates, from 1901 to 2099."""

# Scores of these change by a factor at most where the target is multiplied, and not where something is added.
scaled_only = {"poisson_deviance", "gamma_deviance", "mape", "rmsle"}


class Twin:
    """Maps columns of a table. `frame`: all rows, so that training and report rows are mapped alike; `classes`: the target holds classes; `kept`: columns that name files; `texts`: columns whose words
    are replaced one for one."""

    def __init__(self, frame, target, classes, metric, name, kept=(), texts=()):
        self.frame, self.target, self.classes, self.metric, self.name = frame, target, classes, metric, name
        self.kept, self.texts = kept, texts
        self.codes = word_codes((text for column in texts for text in frame[column].dropna()), name)
        features = [column for column in frame if column != target]
        width = len(str(len(features)))
        self.names = {column: f"x{at:0{width}}" for at, column in enumerate(features, 1)} | {target: "y"}

    def mapped(self):
        columns = {self.names[column]: self._column(column) for column in self.frame}
        return pd.DataFrame(columns, index=self.frame.index)

    def _column(self, name):
        column, draw = self.frame[name], np.random.default_rng(seed_of("twin", self.name, name))
        if name in self.kept:
            return column
        if name == self.target and self.classes:
            return recoded(column, letter="k")
        if not is_number(column):
            if is_date(column):
                return column.map(lambda date: f"{int(date[:4]) + YEARS}{date[4:]}", na_action="ignore")
            if name in self.texts:
                return column.map(lambda text: word.sub(lambda found: self.codes[found[0].lower()], text), na_action="ignore")
            return recoded(column, letter=chr(ord("a") + int(draw.integers(10))))
        if name == self.target and self.metric in scaled_only:
            return column * int(draw.integers(2, 9)) if self.metric != "rmsle" else column
        return affine(column, draw)


def affine(column, draw):
    """a·x + b, a > 0; whole numbers stay whole."""
    factor, shift = int(draw.integers(2, 10)), int(draw.integers(1, 1000))
    if pd.api.types.is_integer_dtype(column):
        return column * factor + shift
    return column * (factor / 4) + shift / 8


def recoded(column, letter):
    """Codes in the order of the values: what sorts them finds the same order."""
    values = sorted(column.dropna().unique())
    width = len(str(len(values)))
    codes = {value: f"{letter}{at:0{width}}" for at, value in enumerate(values, 1)}
    return column.map(codes)


word = re.compile(r"\w\w+")
"""What learners take for a word: a letter alone tells nothing, and stays."""


def word_codes(texts, name):
    """Made-up words in the order of the words: what sorts them finds the same order."""
    words = sorted({found.lower() for text in texts for found in word.findall(text)})
    draw, codes = np.random.default_rng(seed_of("words", name)), set()
    while len(codes) < len(words):
        codes.add("".join(draw.choice(list("bcdfghjklmnpqrstvwxz"), 7)))
    return dict(zip(words, sorted(codes), strict=True))
