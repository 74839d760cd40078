from sklearn.linear_model import LogisticRegression
# Estimator: LogisticRegression
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

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
model = Pipeline([("preprocess", preprocess), ("estimator", LogisticRegression(max_iter=1000))])
model.fit(train[features], (train[target] == "k2").astype(int))
predictions = model.predict_proba(test[features])[:, 1]
submission = pd.DataFrame({"id": test["id"], "y": predictions})
submission.to_csv("./submission/submission.csv", index=False)
