"""House-prices, a random quarter of whose labelled rows is kept as test rows that no run sees.

quarters.py split TRAIN.csv FOLDER [COUNT]: a folder for each quarter, with `data` (train, test and sample submission) and `truth.csv`.
quarters.py score FOLDER NAME...: a Markdown table of the RMSE of the logarithm of FOLDER/<quarter>/<NAME>.csv on that quarter, beside LightGBM as it is.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from as_it_is import fitted_as_it_is


def split(train, folder, count="5"):
    rows = pd.read_csv(train)
    for quarter in range(int(count)):
        order = np.random.RandomState(1000 + quarter).permutation(len(rows))
        test, rest = (rows.iloc[np.sort(part)] for part in np.split(order, [len(rows) // 4]))
        data = Path(folder, str(quarter), "data")
        data.mkdir(parents=True)
        rest.to_csv(data / "train.csv", index=False)
        test.drop(columns="SalePrice").to_csv(data / "test.csv", index=False)
        test[["Id"]].assign(SalePrice=180000).to_csv(data / "sample_submission.csv", index=False)
        test[["Id", "SalePrice"]].to_csv(data.parent / "truth.csv", index=False)


def lightgbm_as_it_is(data):
    from lightgbm import LGBMRegressor

    train, test = pd.read_csv(data / "train.csv"), pd.read_csv(data / "test.csv")
    features = [column for column in test.columns if column != "Id"]
    model = fitted_as_it_is(LGBMRegressor(verbose=-1), train[features], train["SalePrice"])
    return pd.Series(model.predict(test[features]), index=test["Id"])


def error(predicted, truth):
    return float(np.sqrt(np.mean((np.log1p(predicted.reindex(truth.index)) - np.log1p(truth)) ** 2)))


def score(folder, *names):
    print("| quarter | LightGBM as it is |" + "".join(f" {name} | of LightGBM's |" for name in names))
    print("| --- | --- |" + " --- | --- |" * len(names))
    shares = {name: [] for name in names}
    for quarter in sorted(path for path in Path(folder).iterdir() if (path / "truth.csv").exists()):
        truth = pd.read_csv(quarter / "truth.csv", index_col="Id")["SalePrice"]
        plain = error(lightgbm_as_it_is(quarter / "data"), truth)
        cells = []
        for name in names:
            found = error(pd.read_csv(quarter / f"{name}.csv", index_col="Id")["SalePrice"], truth)
            shares[name].append(found / plain)
            cells.append(f" {found:.4f} | {found / plain:.3f} |")
        print(f"| {quarter.name} | {plain:.4f} |" + "".join(cells))
    print("| mean | |" + "".join(f" | {np.mean(shares[name]):.3f} |" for name in names))


if __name__ == "__main__":
    {"split": split, "score": score}[sys.argv[1]](*sys.argv[2:])
