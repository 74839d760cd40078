import pandas as pd
import numpy as np
# Estimator: LightGBM
from lightgbm import LGBMRegressor as LightGBMRegressor
# Estimator: TransformedTargetRegressor
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.compose import TransformedTargetRegressor

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
target = "Salary"
features = [column for column in train.columns if column not in [target, "id"]]

numeric = train[features].select_dtypes(include="number").columns
categorical = train[features].select_dtypes(exclude="number").columns
preprocess = ColumnTransformer([
    ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
    ("categorical", Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
])
model = Pipeline([("preprocess", preprocess), ("estimator", TransformedTargetRegressor(regressor=LightGBMRegressor(objective='regression_l1', num_leaves=31, max_depth=16, learning_rate=0.1, feature_fraction=0.8, bagging_fraction=0.8, verbose=0), func=np.log1p, inverse_func=np.expm1))])
model.fit(train[features], train[target])
predictions = model.predict(test[features])
submission = pd.DataFrame({ "id": test["id"], target: predictions})
submission.to_csv("./submission/submission.csv", index=False)
