# Estimator: LogisticRegression
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.linear_model import LogisticRegression

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
target = "vote"
features = [column for column in test.columns if column in train.columns and column not in ["id", "vote"]]

numeric = train[features].select_dtypes(include="number").columns
categorical = train[features].select_dtypes(exclude="number").columns
preprocess = ColumnTransformer([
    ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
    ("categorical", Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
])
model = Pipeline([("preprocess", preprocess), ("estimator", LogisticRegression(max_iter=1000))])
model.fit(train[features], train[target].astype(str))
predictions = pd.DataFrame(model.predict_proba(test[features]), columns=model.classes_, index=test.index)
submission = pd.DataFrame({"id": test["id"], "A": predictions["A"], "N": predictions["N"], "U": predictions["U"], "Y": predictions["Y"]})
submission.to_csv("./submission/submission.csv", index=False)
