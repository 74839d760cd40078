"""Ways to turn the columns of a task into a matrix, by name."""

import numpy as np

from ..problem import Problem
from .canonical import numbers
from .categories import onehot, ordinal
from .components import components
from .images import image_matrix
from .texts import frequent, tfidf, topics

TERMS = {"words": "words", "bigrams": "bigrams", "letters": "letters"}
TOPICS = {"topics": "bigrams", "topics-letters": "letters"}
GRIDS = {"coarse": 8, "pixels": 16}
COMPONENTS = {"table": 8, "images": 40}


class Features:
    """Matrices of one task's training and test rows, each made once."""

    def __init__(self, columns, task):
        self.columns = columns
        self.task = task
        self.made = {}

    def view(self, name, keeps_missing):
        """(train, test): arrays of float64, or sparse matrices of texts."""
        key = (name, keeps_missing)
        if key not in self.made:
            self.made[key] = self.make(name, keeps_missing)
        return self.made[key]

    def make(self, name, keeps_missing):
        if self.task.form == "table":
            return self.table(name, keeps_missing)
        main = self.texts(name) if self.task.form == "text" else self.images(name)
        return beside(main, self.table("onehot", False, may_be_empty=True))

    def table(self, name, keeps_missing, may_be_empty=False):
        encoding, _, variant = name.partition("-")
        scaling = "quantiles" if variant == "quantiles" else "standardised"
        columns = numbers(self.columns.numbers, scaling, keeps_missing)
        categories = self.columns.categories
        columns += onehot(categories) if encoding == "onehot" else ordinal(categories, keeps_missing)
        if columns:
            matrices = tuple(np.column_stack([pair[side] for pair in columns]) for side in (0, 1))
            return matrices if variant != "components" else beside(matrices, self.components(*self.view("onehot", False)))
        if may_be_empty:
            return None
        raise Problem("No column of the training rows says anything: each is constant, or the test rows lack it.")

    def components(self, train, test):
        return components(train, test, COMPONENTS[self.task.form], self.task.seed)

    def texts(self, name):
        texts = self.columns.texts
        if not texts:
            raise Problem("The task has no column of texts.")
        if name in TERMS:
            return tfidf(texts, TERMS[name])
        return frequent(texts) if name == "frequent" else topics(texts, TOPICS[name], self.task.seed)

    def images(self, name):
        if not self.columns.images:
            raise Problem("The task has no column that names PNG files of the public folder.")
        if name == "components":
            return self.components(*self.view_of_grid("pixels"))
        return self.view_of_grid(name)

    def view_of_grid(self, name):
        key = ("grid", name)
        if key not in self.made:
            self.made[key] = image_matrix(self.columns.images, self.task.public, GRIDS[name])
        return self.made[key]


def beside(main, table):
    """Two pairs of matrices as one."""
    if table is None:
        return main
    from scipy import sparse

    if sparse.issparse(main[0]):
        return tuple(sparse.hstack([one, other]).tocsr() for one, other in zip(main, table))
    return tuple(np.hstack([one, other]) for one, other in zip(main, table))
