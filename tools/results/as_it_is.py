"""An estimator as it is, behind the plainest preparation of a table."""


def fitted_as_it_is(estimator, features, labels):
    """A pipeline that is fitted: medians for what is missing of numbers, a column for each value of all else."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

    numeric = list(features.select_dtypes(["number", "bool"]))
    categorical = [column for column in features.columns if column not in numeric]
    preparation = ColumnTransformer([
        ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
        ("categorical", Pipeline([("text", FunctionTransformer(as_text)), ("columns", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
    ])
    return Pipeline([("preparation", preparation), ("estimator", estimator)]).fit(features, labels)


def as_text(table):
    return table.fillna("missing").astype(str)
