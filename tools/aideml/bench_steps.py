"""Times AIDE's own steps, without a model and without running code: its agent, its policy, its parsing, and all that it saves after a step.

Prints one line of JSON: wall-clock milliseconds per step over steps 0 to 100 and 200 to 500, null where there were fewer steps.
With REPORT_EVERY, the mean of each stretch of that many steps goes to stderr.

usage: bench_steps.py STEPS [REPORT_EVERY]
"""

import json
import os
import random
import sys
import tempfile
import time

import aide
import aide.agent
from aide.interpreter import ExecutionResult
from aide.utils.config import save_run

ANSWER = """I fill in missing values by the median of their column and encode categories by one-hot vectors. On these columns I fit
gradient boosting with a small learning rate. I evaluate by the error between the logarithms of prediction and truth in five folds.
Last, I fit on all rows and write the predictions for the test set.

```python
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
X = train.drop(columns=["Id", "SalePrice"])
y = np.log(train["SalePrice"])

numeric = X.select_dtypes("number").columns
categorical = X.columns.difference(numeric)
columns = ColumnTransformer(
    [
        ("numeric", SimpleImputer(strategy="median"), numeric),
        (
            "categorical",
            make_pipeline(
                SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
            ),
            categorical,
        ),
    ]
)
model = make_pipeline(columns, GradientBoostingRegressor(n_estimators=500, learning_rate=0.05))

folds = KFold(n_splits=5, shuffle=True, random_state=0)
scores = -cross_val_score(model, X, y, cv=folds, scoring="neg_root_mean_squared_error")
for fold, score in enumerate(scores):
    print(f"fold {fold}: {score:.5f}")
print(f"validation RMSE of the logarithm: {scores.mean():.5f}")

model.fit(X, y)
submission = pd.DataFrame({"Id": test["Id"], "SalePrice": np.exp(model.predict(test[X.columns]))})
submission.to_csv("./working/submission.csv", index=False)
```
"""
OUTPUT = [f"fold {fold}: 0.13{fold}42\n" for fold in range(5)] + [
    "validation RMSE of the logarithm: 0.13242\n",
    "Execution time: 12 seconds seconds (time limit is an hour).",
]

reviews = random.Random(0)


def query(*, func_spec=None, **_):
    if func_spec is None:
        return ANSWER
    return {
        "is_bug": reviews.random() < 1 / 3,
        "summary": "Gradient boosting on one-hot columns ran to the end. Its five folds agree with each other to the second decimal.",
        "metric": reviews.uniform(0.1, 0.2),
        "lower_is_better": True,
    }


def execute(_code, _reset_session):
    return ExecutionResult(term_out=list(OUTPUT), exec_time=12.0, exc_type=None)


def run(steps, report_every):
    """Seconds of each step; the loop is that of aide.Experiment.run."""
    aide.agent.query = query
    experiment = aide.Experiment(
        data_dir="example_tasks/house_prices",
        goal="Predict the sales price for each house",
        eval="Use the RMSE metric between the logarithm of the predicted and observed values.",
    )
    random.seed(0)
    seconds = []
    for step in range(1, steps + 1):
        start = time.perf_counter()
        experiment.agent.step(exec_callback=execute)
        save_run(experiment.cfg, experiment.journal)
        seconds.append(time.perf_counter() - start)
        if report_every and step % report_every == 0:
            print(f"steps {step - report_every} to {step}: {mean(seconds, step - report_every, step)} ms", file=sys.stderr)
    return seconds


def mean(seconds, start, end):
    """Milliseconds, to a hundredth."""
    if len(seconds) < end:
        return None
    return round(sum(seconds[start:end]) / (end - start) * 1000, 2)


def main(steps, report_every=0):
    # AIDE makes its folders where it is started.
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        seconds = run(steps, report_every)
        os.chdir("/")
    print(json.dumps({"first100": mean(seconds, 0, 100), "from200to500": mean(seconds, 200, 500), "steps": len(seconds)}))


main(*map(int, sys.argv[1:]))
