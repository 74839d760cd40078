"""Writes task folders, the same bytes each time.

usage: python -m suite WHEEL_FOLDER TASKS_JSON OUTPUT NAME…   (TASKS_JSON: the sealed tables, as choose.py wrote them; a name may end in -twin)
"""

import json
import sys
from pathlib import Path

from . import development, sealed
from .tables import Tables


def main(wheel, listed, output, *names):
    tables = Tables(wheel)
    by_name = {entry["name"]: entry for entry in json.loads(Path(listed).read_text("utf-8"))}
    makers = development.tasks()
    for name in sorted({name.removesuffix("-twin") for name in names}):
        task = makers[name](tables) if name in makers else sealed.made(by_name[name], tables)
        for wanted, version in ((name, lambda: task), (f"{name}-twin", task.twin)):
            if wanted in names:
                version().write(Path(output) / wanted)
        print(name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
