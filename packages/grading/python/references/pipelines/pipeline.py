"""What a pipeline is, and how rows of the tables become pipelines."""

from dataclasses import dataclass, field
from itertools import product

from .views import VIEWS


@dataclass(frozen=True)
class Pipeline:
    name: str
    # As `linear`, `forest`.
    family: str
    # The estimator's class, as `sklearn.linear_model:Ridge`; or what is no estimator: `blend`, `flaml`.
    estimator: str
    view: str
    # One that can be called gets the `Shape` of what is fitted.
    parameters: dict = field(default_factory=dict)
    # Of numbers: `plain`, `log` or `shares`.
    target: str = "plain"
    # Gaps in the data are left to it.
    keeps_missing: bool = False
    # The most rows that it is fitted on: a sample of more.
    rows: int | None = None
    # Cores that it is given.
    cores: int = 1
    # Seconds that it takes by itself, beside what all may take.
    budget: int = 0


@dataclass(frozen=True)
class Row:
    """One row of a table: a pipeline for each view, target and point of the grid."""

    name: str
    family: str
    estimator: str
    # `linear`, `dense` or `trees`.
    views: str
    grid: dict = field(default_factory=dict)
    fixed: dict = field(default_factory=dict)
    targets: tuple = ("plain",)
    keeps_missing: bool = False
    rows: int | None = None
    # The only forms of tasks that it is for; all without.
    forms: tuple = ()
    # Only for metrics of a quantile.
    of_quantile: bool = False

    def pipelines(self, form):
        if self.forms and form not in self.forms:
            return
        for view, target, values in product(VIEWS[form][self.views], self.targets, product(*self.grid.values())):
            point = dict(zip(self.grid, values))
            said = [f"{key}={spoken(value)}" for key, value in point.items()]
            parts = [self.name, view, *([] if target == "plain" else [target]), *said]
            yield Pipeline(
                name="-".join(parts),
                family=self.family,
                estimator=self.estimator,
                view=view,
                parameters={**self.fixed, **point},
                target=target,
                keeps_missing=self.keeps_missing,
                rows=self.rows,
            )


def spoken(value):
    if isinstance(value, tuple):
        return "x".join(str(one) for one in value)
    return "none" if value is None else str(value)
