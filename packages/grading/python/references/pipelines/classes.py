"""Pipelines for targets that are classes."""

from .pipeline import Row
from .shapes import Epochs, Kernel, MostRows, Neighbours

LINEAR = (
    Row(
        "logistic",
        "linear",
        "sklearn.linear_model:LogisticRegression",
        "linear",
        {"C": (0.003, 0.03, 0.3, 3)},
        {"max_iter": 300},
    ),
    Row(
        "logistic-l1",
        "linear",
        "sklearn.linear_model:LogisticRegression",
        "linear",
        {"C": (0.03, 0.3)},
        {"penalty": "l1", "solver": "liblinear", "max_iter": 100},
    ),
    Row(
        "logistic-balanced",
        "linear",
        "sklearn.linear_model:LogisticRegression",
        "linear",
        {"C": (0.03, 0.3)},
        {"class_weight": "balanced", "max_iter": 300},
    ),
    Row(
        "lda",
        "discriminant",
        "sklearn.discriminant_analysis:LinearDiscriminantAnalysis",
        "dense",
        {"shrinkage": ("auto", 0.3)},
        {"solver": "lsqr"},
    ),
    Row(
        "qda",
        "discriminant",
        "sklearn.discriminant_analysis:QuadraticDiscriminantAnalysis",
        "dense",
        {"reg_param": (0.1, 0.5)},
    ),
)

BAYES = (
    Row("gauss", "naive bayes", "sklearn.naive_bayes:GaussianNB", "dense", {"var_smoothing": (0.001, 0.1, 1)}),
    Row("bernoulli", "naive bayes", "sklearn.naive_bayes:BernoulliNB", "linear", {"alpha": (0.1, 3)}),
    Row(
        "multinomial",
        "naive bayes",
        "sklearn.naive_bayes:MultinomialNB",
        "linear",
        {"alpha": (0.01, 0.3)},
        forms=("text",),
    ),
)

DISTANCES = (
    Row(
        "knn",
        "neighbours",
        "sklearn.neighbors:KNeighborsClassifier",
        "dense",
        {"n_neighbors": (Neighbours(5), Neighbours(20), Neighbours(80)), "weights": ("uniform", "distance")},
        rows=20_000,
    ),
    Row(
        "svm",
        "support vectors",
        "sklearn.svm:SVC",
        "dense",
        {"C": (0.3, 3)},
        {"probability": True, "cache_size": 500},
        rows=5000,
    ),
    Row(
        "svm-linear",
        "support vectors",
        "sklearn.svm:SVC",
        "dense",
        {"C": (0.1,)},
        {"kernel": "linear", "probability": True, "cache_size": 500, "max_iter": 100_000},
        rows=3000,
    ),
    Row(
        "gaussian-process",
        "gaussian process",
        "sklearn.gaussian_process:GaussianProcessClassifier",
        "dense",
        {"kernel": (Kernel("rbf"),)},
        {"optimizer": None},
        rows=400,
    ),
    Row(
        "mlp",
        "neural network",
        "sklearn.neural_network:MLPClassifier",
        "dense",
        {"hidden_layer_sizes": ((32,), (64, 32)), "alpha": (0.001, 1)},
        {"max_iter": Epochs(800_000, 150), "early_stopping": True, "learning_rate_init": 0.005, "tol": 1e-3},
    ),
)

FOREST = {"n_estimators": 80, "max_samples": MostRows(4000), "bootstrap": True}
FEATURES = {"max_features": ("sqrt", 0.6), "min_samples_leaf": (1, 5)}

TREES = (
    Row(
        "tree",
        "decision tree",
        "sklearn.tree:DecisionTreeClassifier",
        "trees",
        {"max_depth": (3, 6, 9), "min_samples_leaf": (5, 20)},
    ),
    Row("forest", "random forest", "sklearn.ensemble:RandomForestClassifier", "trees", FEATURES, FOREST),
    Row("extra-trees", "extra trees", "sklearn.ensemble:ExtraTreesClassifier", "trees", FEATURES, FOREST),
)


def boosting(name, family, estimator, grid, fixed):
    return Row(name, family, estimator, "trees", grid, fixed, keeps_missing=True)


LIGHTGBM = ("lightgbm", "lightgbm:LGBMClassifier")
XGBOOST = ("xgboost", "xgboost:XGBClassifier")
ROUNDS = {"n_estimators": 120}
BAGS = {"subsample": 0.8, "colsample_bytree": 0.7}

BOOSTING = (
    boosting(
        "histograms",
        "gradient boosting",
        "sklearn.ensemble:HistGradientBoostingClassifier",
        {"max_leaf_nodes": (7, 31), "learning_rate": (0.03, 0.1)},
        {"max_iter": 120},
    ),
    boosting("lightgbm", *LIGHTGBM, {"num_leaves": (7, 31), "learning_rate": (0.03, 0.1)}, ROUNDS),
    boosting("lightgbm-bags", *LIGHTGBM, {"min_child_samples": (5, 40)}, {**ROUNDS, **BAGS, "subsample_freq": 1}),
    boosting("xgboost", *XGBOOST, {"max_depth": (3, 6), "learning_rate": (0.03, 0.1)}, {**ROUNDS, "tree_method": "hist"}),
    boosting("xgboost-bags", *XGBOOST, {"min_child_weight": (2, 20)}, {**ROUNDS, **BAGS, "max_depth": 5}),
)

CLASSES = (*LINEAR, *BAYES, *DISTANCES, *TREES, *BOOSTING)
