"""Pipelines for targets that are numbers."""

from . import boosting_of_numbers
from .pipeline import Row
from .shapes import Epochs, Kernel, MostRows, Neighbours

BOTH = ("plain", "log")

LINEAR = (
    Row("ols", "linear", "sklearn.linear_model:LinearRegression", "dense", targets=BOTH),
    Row("ridge", "linear", "sklearn.linear_model:Ridge", "linear", {"alpha": (1, 30, 1000)}, targets=BOTH),
    Row("lasso", "linear", "sklearn.linear_model:Lasso", "linear", {"alpha": (0.001, 0.01, 0.1)}, {"max_iter": 500}),
    Row(
        "elastic-net",
        "linear",
        "sklearn.linear_model:ElasticNet",
        "linear",
        {"alpha": (0.01, 0.1)},
        {"max_iter": 500},
        targets=("log",),
    ),
    Row("huber", "linear", "sklearn.linear_model:HuberRegressor", "dense", {"epsilon": (1.1, 1.5)}, {"alpha": 0.01}),
    Row(
        "poisson",
        "linear",
        "sklearn.linear_model:PoissonRegressor",
        "linear",
        {"alpha": (0.01, 1)},
        {"max_iter": 300},
        targets=("shares",),
    ),
)

DISTANCES = (
    Row(
        "knn",
        "neighbours",
        "sklearn.neighbors:KNeighborsRegressor",
        "dense",
        {"n_neighbors": (Neighbours(5), Neighbours(15), Neighbours(50)), "weights": ("uniform", "distance")},
        rows=20_000,
    ),
    Row(
        "svm",
        "support vectors",
        "sklearn.svm:SVR",
        "dense",
        {"C": (0.3, 3)},
        {"epsilon": 0.1, "cache_size": 500},
        targets=BOTH,
        rows=5000,
    ),
    Row(
        "gaussian-process",
        "gaussian process",
        "sklearn.gaussian_process:GaussianProcessRegressor",
        "dense",
        {"kernel": (Kernel("rbf"), Kernel("matern"))},
        rows=500,
    ),
    Row(
        "mlp",
        "neural network",
        "sklearn.neural_network:MLPRegressor",
        "dense",
        {"hidden_layer_sizes": ((32,), (64, 32)), "alpha": (0.001, 1)},
        {"max_iter": Epochs(800_000, 150), "early_stopping": True, "learning_rate_init": 0.005, "tol": 1e-3},
    ),
)

FOREST = {"n_estimators": 80, "max_samples": MostRows(4000), "bootstrap": True}

TREES = (
    Row(
        "tree",
        "decision tree",
        "sklearn.tree:DecisionTreeRegressor",
        "trees",
        {"max_depth": (4, 8), "min_samples_leaf": (5, 20)},
    ),
    Row(
        "forest",
        "random forest",
        "sklearn.ensemble:RandomForestRegressor",
        "trees",
        {"max_features": (0.3, 1.0), "min_samples_leaf": (1, 5)},
        FOREST,
        targets=BOTH,
    ),
    Row(
        "extra-trees",
        "extra trees",
        "sklearn.ensemble:ExtraTreesRegressor",
        "trees",
        {"max_features": (0.3, 1.0), "min_samples_leaf": (1, 5)},
        FOREST,
    ),
)

NUMBERS = (*LINEAR, *DISTANCES, *TREES, *boosting_of_numbers.BOOSTING)
