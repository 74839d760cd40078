from sklearn.ensemble import RandomForestRegressor
# Estimator: RandomForestRegressor
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
for table in (train, test):
    for column in ["date"]:
        date = pd.to_datetime(table[column], errors="coerce", format="mixed", utc=True)
        table[column] = (date - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(days=1)
        table[f"{column} month"], table[f"{column} weekday"] = date.dt.month, date.dt.weekday
target = "median"
features = [column for column in test.columns if column in train.columns and column not in ["id", "median"]]

numeric = train[features].select_dtypes(include="number").columns
categorical = train[features].select_dtypes(exclude="number").columns
preprocess = ColumnTransformer([
    ("numeric", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numeric),
    ("categorical", Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=False))]), categorical),
])
model = Pipeline([("preprocess", preprocess), ("estimator", RandomForestRegressor(n_estimators=100, random_state=42))])
model.fit(train[features], train[target])
predictions = model.predict(test[features]).round().astype(int)
submission = pd.DataFrame({"id": test["id"], "median": predictions})
submission.to_csv("./submission/submission.csv", index=False)
