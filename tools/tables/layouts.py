"""Writes the tables of tables.json out as people lay out their data, and what a person would say of each folder.

    layouts.py FRAMES OUT PART PARTS [all]

A table comes in seven of the layouts, chosen by its place in the list, or in all. OUT/expected-PART.json lists the folders.
"""

import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

import formats
from parting import part_rows

PER_TABLE = 7
ADDED_ID = "row_id"


class Case:
    """One table in one layout: its rows split, and what a person knows of it."""

    def __init__(self, entry, frame, at):
        self.entry, self.at = entry, at
        self.rng = np.random.default_rng([at, 7])
        self.targets, self.id = entry["target"], entry.get("id")
        self.whole = frame
        self.train, self.test = part_rows(frame, entry.get("order"), self.rng)
        self.types = dict(entry["types"])
        self.dates = [name for name, kind in self.types.items() if kind == "date" and _are_days(frame[name])]
        self.added = False

    @property
    def ids(self):
        """The columns of which each may be found as the id."""
        if self.added:
            return [[ADDED_ID]]
        optional = self.id is None or self.entry.get("idIsOptional", False)
        return [[name] for name in [*([] if self.id is None else [self.id]), *self.entry.get("namesToo", [])]] + ([[]] if optional else [])

    @property
    def classes(self):
        """What a submission calls the classes."""
        values = sorted(self.whole[self.targets[0]].dropna().unique())
        return [value if isinstance(value, str) else f"{self.targets[0]}_{value}" for value in values]

    def with_id(self):
        """Rows are counted where nothing names them."""
        if self.id is None:
            self.id, self.added = ADDED_ID, True
            self.train.insert(0, ADDED_ID, range(len(self.train)))
            self.test.insert(0, ADDED_ID, range(len(self.train), len(self.train) + len(self.test)))
        return self

    def features(self, frame):
        return frame.drop(columns=self.targets)

    def sample(self):
        """A submission with the same answer for all."""
        if self.entry.get("answer") == "class-probabilities":
            answers = {name: 1 / len(self.classes) for name in self.classes}
        else:
            answers = {name: 0 if self.entry["kind"] == "number" else self.whole[name].dropna().iloc[0] for name in self.targets}
        names = {} if self.id is None else {self.id: self.test[self.id]}
        return pd.DataFrame({**names, **answers}, index=self.test.index)


def _are_days(column):
    return column.dropna().str.fullmatch(r"\d{4}-\d\d-\d\d").all()


# ---- layouts: each writes a folder and gives path → (role, frame); what else differs from the plain case goes to `case`.


def competition(case, folder):
    if case.at % 3 != 0:
        case.with_id()
    files = {"train.csv": ("train", case.train), "test.csv": ("test", case.features(case.test)), "sample_submission.csv": ("sample", case.sample())}
    return _all_csv(folder, files)


def apart(case, folder):
    targets, names = case.targets, [] if case.id is None else [case.id]
    if case.id is None:
        files = {
            "X_train.csv": ("train", case.features(case.train)),
            "y_train.csv": ("labels", case.train[targets]),
            "X_test.csv": ("test", case.features(case.test)),
        }
        if case.at % 3 == 1:
            files["y_test.csv"] = ("test labels", case.test[targets])
        # Rows belong together by their order.
        return _all_csv(folder, files)
    files = {
        "train_features.csv": ("train", case.features(case.train)),
        "train_labels.csv": ("labels", case.train[[*names, *targets]].sample(frac=1, random_state=case.at)),
        "test_features.csv": ("test", case.features(case.test)),
    }
    return _all_csv(folder, files)


def alone(case, folder):
    case.train, case.test = case.whole, None
    return _all_csv(folder, {"data.csv": ("train", case.whole)})


def in_parts(case, folder):
    cuts = np.linspace(0, len(case.train), 4).astype(int)
    parts = {f"train_{number + 1}.csv": ("train", case.train.iloc[first:last]) for number, (first, last) in enumerate(zip(cuts, cuts[1:]))}
    return _all_csv(folder, {**parts, "test.csv": ("test", case.features(case.test))})


def nested_parquet(case, folder):
    case.train, case.test = (formats.typed(frame, case.types) for frame in (case.train, case.test))
    inside = f"data 2024/v2/{case.entry['name']}"
    files = {f"{inside}_TRAIN.parquet": ("train", case.train), f"{inside}_TEST.parquet": ("test", case.features(case.test))}
    for path, (_, frame) in files.items():
        formats.parquet(frame, folder / path)
    return files


def western_european(case, folder):
    files = {"training.txt": ("train", case.train), "test.txt": ("test", case.features(case.test))}
    for path, (_, frame) in files.items():
        formats.western_european(frame, folder / path, case.dates)
    return files


def json_lines(case, folder):
    files = {"train.jsonl": ("train", case.train), "test.jsonl": ("test", case.features(case.test))}
    for path, (_, frame) in files.items():
        formats.json_lines(frame, folder / path)
    return files


def workbooks(case, folder):
    # Rows of one entity stand together, and stay so.
    thinned = formats.head if case.entry.get("order", {}).get("by") == "group" else formats.thinned
    dates = {name: "date" for name in case.dates}
    case.train, case.test = (formats.with_exact_numbers(formats.typed(thinned(frame), dates)) for frame in (case.train, case.test))
    files = {"Train.xlsx": ("train", case.train), "Test.xlsx": ("test", case.features(case.test))}
    for path, (_, frame) in files.items():
        formats.workbook(frame, folder / path)
    if case.id != "":
        return files
    # As pandas calls a column without a name in a workbook.
    case.id = "Unnamed: 0"
    return {path: (role, frame.rename(columns={"": case.id})) for path, (role, frame) in files.items()}


def zipped(case, folder):
    case.with_id()
    given = [("train", case.train), ("test", case.features(case.test)), ("sample", case.sample())]
    files = {f"{'abc'[place]}.csv": given[at] for place, at in enumerate(case.rng.permutation(3))}
    with zipfile.ZipFile(folder / "download.zip", "w") as archive:
        for path, (_, frame) in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0)), frame.to_csv(index=False))
    return files


def joined(case, folder):
    """Half of the features in a table of their own, for all rows or for some."""
    case.with_id()
    kept = {case.id, *case.targets, *case.entry.get("order", {}).get("columns", [])}
    others = [name for name in case.train.columns if name not in kept]
    moved = others[len(others) // 2 :]
    files = {}
    for name, frame in (("train", case.train), ("test", case.features(case.test))):
        extra = frame[[case.id, *moved]]
        files[f"{name}_main.csv"] = (name, frame.drop(columns=moved))
        files[f"{name}_extra.csv"] = ("companion", extra if case.at % 2 == 0 else extra.sample(frac=0.7, random_state=case.at))
    if case.at % 4 < 2:
        files["sample_submission.csv"] = ("sample", case.sample())
    return _all_csv(folder, files)


def without_header(case, folder):
    case.train, case.test = case.whole.set_axis([str(at) for at in range(case.whole.shape[1])], axis=1), None
    place = {name: str(at) for at, name in enumerate(case.whole.columns)}
    # Numbers without a name may count rows or measure something.
    case.entry = {**case.entry, "namesToo": [place[name] for name in case.entry.get("namesToo", [])], "idIsOptional": True}
    case.id, case.targets = place.get(case.id), [place[name] for name in case.targets]
    case.types = {place[name]: kind for name, kind in case.types.items()}
    formats.without_header(case.train, folder / f"{case.entry['name'].lower()}.data")
    return {f"{case.entry['name'].lower()}.data": ("train", case.train)}


def labelled_test(case, folder):
    return _all_csv(folder, {"train.csv": ("train", case.train), "test.csv": ("test", case.test)})


def folders(case, folder):
    files = {"train/part-0001.tsv": ("train", case.train), "test/part-0001.tsv": ("test", case.features(case.test))}
    for path, (_, frame) in files.items():
        formats.tab_separated_packed(frame, folder / f"{path}.gz")
    return files


def _all_csv(folder, files):
    for path, (_, frame) in files.items():
        formats.comma_separated(frame, folder / path)
    return files


LAYOUTS = {
    "competition": competition,
    "apart": apart,
    "alone": alone,
    "in-parts": in_parts,
    "nested-parquet": nested_parquet,
    "western-european": western_european,
    "json-lines": json_lines,
    "workbooks": workbooks,
    "zipped": zipped,
    "joined": joined,
    "without-header": without_header,
    "labelled-test": labelled_test,
    "folders": folders,
}
# Only the goal names the target.
BY_GOAL = ("alone", "labelled-test")


def layouts_of(at, features, count):
    """Every other layout, from another one on for each table; a table of two features cannot be split in two."""
    names = list(LAYOUTS)
    order = [names[(at + 2 * number) % len(names)] for number in range(len(names))]
    return [name for name in order if name != "joined" or features > 2][:count]


def expectation(case, layout, files):
    entry = case.entry
    hinted = layout == "without-header" and case.at % 2 == 1
    asks = layout == "without-header" and not hinted or layout in BY_GOAL and entry.get("asks", False)
    of_train = [frame for role, frame in files.values() if role == "train"]
    labelled = next((frame for role, frame in files.values() if role == "labels"), None)
    train = pd.concat(of_train, ignore_index=True)
    labels = (train if labelled is None else labelled)[case.targets]
    labelled_ids = None if case.id is None else (train if labelled is None else labelled)[case.id]
    known = labels.notna().any(axis=1)
    first = next(path for path, (role, _) in files.items() if role == "train")
    shown = {first: of_train[0], **({} if labelled is None else {path: frame for path, (role, frame) in files.items() if role == "labels"})}
    order = entry.get("order")
    return {
        "table": f"{entry['package']}/{entry['name']}",
        "layout": layout,
        "words": f"{entry['goal']} {entry['eval']}",
        "given": case.targets if hinted else [],
        "asks": asks,
        "files": {path: role for path, (role, _) in files.items()},
        "rows": {path: len(frame) for path, (_, frame) in files.items()},
        "targets": case.targets,
        "answer": entry.get("answer", "value") if any(role == "sample" for role, _ in files.values()) else "value",
        "kind": entry["kind"],
        "classes": _texts(labels.iloc[:, 0].dropna().unique()) if entry["kind"] == "classes" else [],
        "ids": case.ids,
        "labelsBy": case.id if labelled_ids is not None else None,
        "hasTest": case.test is not None,
        "split": order if order is not None and case.test is not None else {"by": "random", "columns": []},
        "types": {path: {name: case.types[name] for name in frame.columns if name in case.types} for path, frame in shown.items()},
        "missing": {path: {name: int(frame[name].isna().sum()) for name in frame.columns if name in case.types} for path, frame in shown.items()},
        "labelled": int(known.sum()),
        "labels": {} if labelled_ids is None else dict(zip(map(str.strip, _texts(labelled_ids[known])), map(_texts, labels[known].to_numpy(object).tolist()))),
    }


def _texts(values):
    return ["" if pd.isna(value) else str(value) for value in values]


def main(frames, out, part, parts, count):
    expected = []
    entries = json.loads(Path(__file__).with_name("tables.json").read_text("utf-8"))
    for at, entry in enumerate(entries):
        if at % parts != part:
            continue
        frame = pd.read_parquet(frames / f"{entry['package']}-{entry['name']}.parquet")
        for layout in layouts_of(at, frame.shape[1] - len(entry["target"]) - ("id" in entry), count):
            folder = out / f"{entry['package']}-{entry['name']}" / layout
            folder.mkdir(parents=True)
            case = Case(entry, frame, at)
            files = LAYOUTS[layout](case, folder)
            expected.append({**expectation(case, layout, files), "folder": str(folder)})
    (out / f"expected-{part}.json").write_text(json.dumps(expected, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), len(LAYOUTS) if "all" in sys.argv[5:] else PER_TABLE)
