# Estimator: GradientBoostingRegressor
from sklearn.ensemble import GradientBoostingRegressor
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
target = "SalePrice"
features = [column for column in train.columns if column not in [target, "Id"]]

numeric = train[features].select_dtypes(include="number").columns
categorical = train[features].select_dtypes(exclude="number").columns
preprocess = ColumnTransformer([
    ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
    ("categorical", Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
])
model = Pipeline([("preprocess", preprocess), ("estimator", GradientBoostingRegressor(n_estimators=100, learning_rate=0.1, max_depth=5, random_state=42))])
model.fit(train[features], train[target])
predictions = model.predict(test[features])
submission = pd.DataFrame({ "Id": test["Id"], target: predictions})
submission.to_csv("./submission/submission.csv", index=False)

# Change: Use a more complex model, such as XGBoost, which might have better performance on unseen data.
import xgboost as xgb
model = Pipeline([("preprocess", preprocess), ("estimator", xgb.XGBRegressor(n_estimators=100, learning_rate=0.1, max_depth=5, random_state=42))])
model.fit(train[features], train[target])
predictions = model.predict(test[features])
submission = pd.DataFrame({ "Id": test["Id"], target: predictions})
submission.to_csv("./submission/submission.csv", index=False)
