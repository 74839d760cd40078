"""Reads a journal with AIDE's own reader and prints what AIDE makes of it, as one line of JSON.

usage: load_journal.py JOURNAL.json
"""

import json
import sys

from aide.journal import Journal
from aide.utils.serialize import load_json

(path,) = sys.argv[1:]
journal = load_json(path, Journal)
best = journal.get_best_node()
print(
    json.dumps(
        {
            "nodes": len(journal),
            "ids": [node.id for node in journal],
            "parents": {node.id: node.parent and node.parent.id for node in journal},
            "buggy": {node.id: node.is_buggy for node in journal},
            "metrics": {node.id: node.metric.value for node in journal},
            "stages": {node.id: node.stage_name for node in journal},
            "best": best and best.id,
            "summary_length": len(journal.generate_summary()),
        },
        allow_nan=False,
    )
)
