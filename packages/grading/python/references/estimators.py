"""Estimators built from what a table says of them."""

from importlib import import_module

from .problem import Problem


def built(pipeline, shape, seed):
    """One core, and the seed, wherever the class takes them."""
    estimator = imported(pipeline.estimator)()
    known = estimator.get_params()
    given = {key: value(shape) if callable(value) else value for key, value in pipeline.parameters.items()}
    for key, value in (("random_state", seed), ("n_jobs", 1)):
        if key in known:
            given.setdefault(key, value)
    if pipeline.estimator.startswith("lightgbm"):
        given |= {"deterministic": True, "force_row_wise": True, "verbose": -1}
    if pipeline.estimator.startswith("xgboost"):
        given |= {"verbosity": 0}
    return estimator.set_params(**given)


def imported(path):
    module, _, name = path.partition(":")
    try:
        return getattr(import_module(module), name)
    except ImportError as cause:
        raise Problem(f"This Python has no {module.split('.')[0]}: {cause}.") from cause
