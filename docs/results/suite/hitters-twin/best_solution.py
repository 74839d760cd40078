# Estimator: LightGBM
from lightgbm import LGBMRegressor as LightGBMRegressor
# Estimator: LightGBM
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.compose import TransformedTargetRegressor

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
target = "y"
features = [column for column in test.columns if column in train.columns and column not in ["id", "y"]]

numeric = train[features].select_dtypes(include="number").columns
categorical = train[features].select_dtypes(exclude="number").columns
preprocess = ColumnTransformer([
    ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
    ("categorical", Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
])
model = Pipeline([("preprocess", preprocess), ("estimator", TransformedTargetRegressor(regressor=LightGBMRegressor(objective='regression', n_estimators=200, learning_rate=0.05, max_depth=3, random_state=42), func=np.log1p, inverse_func=np.expm1))])
model.fit(train[features], train[target])
predictions = model.predict(test[features])
submission = pd.DataFrame({"id": test["id"], "y": predictions})
submission.to_csv("./submission/submission.csv", index=False)
