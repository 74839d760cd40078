"""Parameters that follow from what is fitted, so that a large table takes minutes and not hours: called with its `Shape`, written as in a pipeline's name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    rows: int
    columns: int
    # The quantile that the metric asks for, if any.
    quantile: float | None = None


@dataclass(frozen=True)
class MostRows:
    """Rows that each tree of a forest draws; as many as there are where that is less."""

    count: int

    def __call__(self, shape):
        return None if shape.rows <= self.count else self.count


@dataclass(frozen=True)
class Epochs:
    """Passes over the rows, with so many visits of a row in all."""

    visits: int
    most: int

    def __call__(self, shape):
        return max(10, min(self.most, self.visits // shape.rows))


@dataclass(frozen=True)
class Neighbours:
    count: int

    def __call__(self, shape):
        return max(1, min(self.count, shape.rows // 2))

    def __str__(self):
        return str(self.count)


@dataclass(frozen=True)
class Kernel:
    """A covariance with noise for Gaussian processes, its length that of a typical distance between standardised rows."""

    name: str

    def __call__(self, shape):
        from sklearn.gaussian_process import kernels

        length = max(1.0, shape.columns**0.5)
        smooth = kernels.RBF(length) if self.name == "rbf" else kernels.Matern(length, nu=1.5)
        return kernels.ConstantKernel(1.0) * smooth + kernels.WhiteKernel(0.3)

    def __str__(self):
        return self.name


def quantile(shape):
    return shape.quantile
