"""Repairs a script before it is run, and refuses it where a few rows show that it fails.

Reads candidate.py and options.json beside it: {"keywords": bool, "sample": bool, "rows": bool}; see repair.py and check.py, which lie there too. Prints one JSON object:
{"code": str, "added": [str], "unresolved": [str], "keywords": [str], "refused": null | {"kind": "sample" | "rows", "message": str}}.
"""

import io
import json
import os
import runpy
import warnings
from contextlib import redirect_stderr, redirect_stdout

from check import checked_script

MARK = "static-repair:"


def with_imports():
    """What repair.py prints of candidate.py: it is a program of its own, which is run without any other check too."""
    with redirect_stdout(io.StringIO()) as printed:
        runpy.run_path(os.path.join(os.path.dirname(__file__), "repair.py"))
    return json.loads(printed.getvalue().partition(MARK)[2])


def main():
    warnings.simplefilter("ignore")
    repaired = with_imports()
    with open("options.json", encoding="utf-8") as source:
        options = json.load(source)
    return {**repaired, **checked_script(repaired["code"], options)}


with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    answer = json.dumps(main())
print(MARK + answer)
