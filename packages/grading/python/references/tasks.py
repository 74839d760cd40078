"""The tasks that references are asked for."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .metrics import metric_of
from .problem import Problem


@dataclass(frozen=True)
class Task:
    # Where its submissions lie below the output folder: `name` or `suite/name`.
    name: str
    public: Path
    metric: str
    kind: str
    target: tuple
    id: tuple
    # Of two classes the one whose probability is asked for.
    positive: str | None
    # The same for a task and its obfuscated twin.
    seed: int

    @property
    def asked(self):
        return metric_of(self.metric, self.kind)

    @property
    def form(self):
        """What its rows are: `table`, `text` or `images`."""
        return self.kind if self.kind in ("text", "images") else "table"


def read_tasks(paths):
    """The tasks of JSON files, `-` for standard input: each a list of {name, public, metric, kind, target, id?, positive?, seed?}."""
    tasks = []
    for path in paths:
        given = json.load(sys.stdin) if path == "-" else json.loads(Path(path).read_text("utf-8"))
        tasks.extend(task_of(one) for one in given)
    repeated = {task.name for task in tasks if sum(other.name == task.name for other in tasks) > 1}
    if repeated:
        raise Problem(f"Several tasks are called {', '.join(sorted(repeated))}.")
    return tasks


def task_of(given):
    lacking = [key for key in ("name", "public", "metric", "kind", "target") if key not in given]
    if lacking:
        raise Problem(f"A task lacks {', '.join(lacking)}.")
    name = given["name"]
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
        raise Problem(f'"{name}" names no folder below the output folder.')
    positive = given.get("positive")
    return Task(
        name=name,
        public=Path(given["public"]),
        metric=given["metric"],
        kind=given["kind"],
        target=listed(given["target"]),
        id=listed(given.get("id")),
        positive=None if positive is None else str(positive),
        seed=int(given.get("seed") or 0),
    )


def listed(value):
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
