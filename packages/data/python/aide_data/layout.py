"""Lays a data folder out for scripts, rows held back: they leave the training tables and join, without their labels, the rows to predict."""

import os
import random
import shutil
from pathlib import Path

import numpy as np

from .keys import bare_name, fresh_keys, plain_key, written_keys
from .stores import copy_file, store_of


class Layout:
    """What is moved where. `tables` opens a path's table; `plan` names roles and columns, as `planOf` in prepare.ts writes it."""

    def __init__(self, tables, labels, plan):
        self.plan, self.labels = plan, labels
        self.root = Path(plan["root"])
        self.search = Path(plan["search"])
        self.train = [store_of(tables(path)) for path in plan["train"]]
        self.tables = tables
        self.test = store_of(tables(plan["test"])) if plan["test"] else None
        self.targets = plan["targets"]
        self.id = plan["id"]
        self.held = np.array(sorted(labels.labelled[at] for at in plan["held"]), int)
        bounds = np.cumsum([0, *map(len, self.train)])
        part = np.searchsorted(bounds, self.held, side="right") - 1
        # (part, row in it) of each held row.
        self.places = list(zip(part.tolist(), (self.held - bounds[part]).tolist()))

    # ---- keys

    def own_keys(self):
        if self.test is None:
            return []
        if not self.id["test"]:
            return [str(at) for at in range(len(self.test))]
        return self._spelled(written_keys(self.test.table, self.id["test"]))

    def _spelled(self, keys):
        """Keys as the sample submission writes them, where it writes the same ones otherwise, as 000150 for 150."""
        sample = self.plan["sample"]
        if not sample or not self.id["sample"]:
            return keys
        written = written_keys(self.tables(sample), self.id["sample"])
        if set(keys) <= set(written):
            return keys
        known = {}
        for key in written:
            known.setdefault(plain_key(key), key)
        return [known.get(plain_key(key), key) for key in keys]

    def ids_of_held(self, columns):
        """The held rows' keys as they are written, without reading those of all other rows."""
        keys = []
        for part, row in self.places:
            store = self.train[part]
            cells = store.row(row)
            keys.append("\t".join(store.text(cells[store.names.index(name)]).strip() for name in columns))
        return keys

    def held_keys(self, own):
        """(key, whether it is made up) of the held rows: their own, or a fresh one where theirs is a test row's too, or where the training table has none."""
        if not self.id["train"] and not self.id["test"]:
            return [("", False)] * len(self.places)
        fresh = fresh_keys(own)
        if not self.id["train"]:
            return [(fresh(None), True) for _ in self.places]
        keys, taken = [], {plain_key(key) for key in own}
        for key in self.ids_of_held(self.id["train"]):
            # Ids of several columns mean something: they are never made up.
            clash = plain_key(key) in taken and len(self.id["train"]) == 1
            keys.append((fresh(key), True) if clash else (key, False))
            taken.add(plain_key(keys[-1][0]))
        return keys

    def held_lines(self):
        """The held rows' own bytes; none where a training table is no text, and b"" for a row that is written like one that stays."""
        if any(store.table.reading is None for store in self.train):
            return []
        whole = [[store.line_at(row) for row in range(len(store))] for store in self.train]
        held = set(self.places)
        rest = {line for part, lines in enumerate(whole) for row, line in enumerate(lines) if (part, row) not in held}
        return [b"" if whole[part][row] in rest else whole[part][row] for part, row in self.places]

    # ---- writing

    def write(self):
        own = self.own_keys()
        keys = self.held_keys(own)
        insertions = [(before, number) for before, number in self.plan["insertions"]]
        mixed = _mixed(own, keys, insertions, numbered=not (self.id["test"] or self.test is None and self.id["train"]))
        self._write_train()
        self._write_test(keys, insertions)
        for companion in self.plan["companions"]:
            self._write_companion(companion, keys)
        if self.plan["labels"]:
            self._write_labels()
        if self.plan["sample"]:
            self._write_sample(mixed)
        written = {*self.plan["train"], self.plan["labels"], self.plan["test"], self.plan["sample"], *self.plan["omitted"]}
        for companion in self.plan["companions"]:
            written |= {companion["train"], companion["test"]}
        for thinned in self.plan["thinned"]:
            self._write_thinned(thinned)
            written.add(thinned["path"])
        copy_others(self.root, written, self.search)
        truth = list(map(list, zip(*(self.labels.texts(name, self.held) for name in self.targets))))
        return {
            "keys": [key for key, _ in mixed],
            "truth": [[key, truth[number]] for key, number in mixed if number is not None],
            "train": self._training_labels(),
            "finalKeys": own,
        }

    def _training_labels(self):
        rest = self.labels.sample(np.setdiff1d(self.labels.labelled, self.held), self.plan["seed"])
        return list(map(list, zip(*(self.labels.texts(name, rest) for name in self.targets))))

    def _write_train(self):
        for part, store in enumerate(self.train):
            store.write(self.search / store.table.path, without=[row for of, row in self.places if of == part], dropped=self._dropped(store))

    def _dropped(self, store, targets=False):
        columns = {*self.plan["dropped"], *(self.targets if targets else ())}
        return columns_called(store.names, columns)

    def _write_test(self, keys, insertions):
        first = self.train[0]
        target = self.search / self.plan["testPath"]
        if self.test is None and not keys:
            return
        if self.test is None:
            dropped = self._dropped(first, targets=True)
            names = [name for name in first.names if name not in dropped]
            lines = self._lines(first, names, keys)
            first.write(target, without=range(len(first)), dropped=dropped, insertions=[(0, number) for _, number in insertions], lines=lines)
            return
        dropped = self._dropped(self.test, targets=True)
        names = [name for name in self.test.names if name not in dropped]
        self.test.write(target, dropped=dropped, insertions=insertions, lines=self._lines(self.test, names, keys))

    def _lines(self, store, names, keys):
        """The held rows as rows of another store with these columns."""
        ids, numbers = self.id["test"] or self.id["train"], set(self.plan["numbers"])
        lines, plans = [], {}
        for (part, row), (key, fresh) in zip(self.places, keys):
            source = self.train[part]
            if part not in plans:
                plans[part] = [self._source_of(name, source, ids) for name in names]
            parts = key.split("\t")
            given = {at: parts[of] for at, (position, of) in enumerate(plans[part]) if of is not None and (fresh or position is None)}
            line = _cells(store, source, row, [position for position, _ in plans[part]], given, numbers)
            lines.append(_typed_line(store, names, line))
        return lines

    def _source_of(self, name, source, ids):
        """(position in the training row, part of the id) of a column; None for what it has not."""
        known = [other for other in source.names if bare_name(other) == bare_name(name) != ""]
        given = name if name in source.names else known[0] if known else None
        position = None if given is None or given in self.targets else source.names.index(given)
        return position, ids.index(name) if name in ids else None

    def _write_labels(self):
        store = store_of(self.tables(self.plan["labels"]))
        store.write(self.search / store.table.path, without=self._label_rows(store), dropped=self._dropped(store))

    def _label_rows(self, store):
        join = self.plan["join"]
        if join is None:
            return self.held.tolist()
        wanted = set(map(plain_key, self.ids_of_held(join["features"])))
        return [at for at, key in enumerate(written_keys(store.table, join["labels"])) if plain_key(key) in wanted]

    def _write_companion(self, companion, keys):
        """Rows of held ids go from the training rows' companion to the test rows', or stay where there is only one."""
        source = store_of(self.tables(companion["train"]))
        by_key = {}
        for at, key in enumerate(written_keys(source.table, companion["on"])):
            by_key.setdefault(plain_key(key), []).append(at)
        moved = []
        for own, (key, fresh) in zip(self.ids_of_held(companion["main"]), keys):
            moved += [(at, key if fresh else None) for at in by_key.get(plain_key(own), [])]
        target = store_of(self.tables(companion["test"]))
        plain = {bare_name(name): at for at, name in enumerate(source.names)}
        positions = [source.names.index(name) if name in source.names else plain.get(bare_name(name)) for name in target.names]
        keyed = [at for at, name in enumerate(target.names) if name in companion["testOn"]]
        lines = []
        for at, key in moved:
            line = _cells(target, source, at, positions, {} if key is None else dict.fromkeys(keyed, key), companion["numbers"])
            lines.append(_typed_line(target, target.names, line))
        source.write(self.search / companion["train"], without=[at for at, _ in moved])
        # Among the test rows' own at places drawn by chance, as in the test file.
        draw = random.Random(self.plan["seed"])
        places = sorted((draw.randint(0, len(target)), number) for number in range(len(lines)))
        target.write(self.search / companion["test"], insertions=places, lines=lines)

    def _write_sample(self, mixed):
        table = self.tables(self.plan["sample"])
        store = store_of(table)
        ids = self.id["sample"]
        given = {}
        if ids:
            for at, key in enumerate(written_keys(table, ids)):
                given.setdefault(plain_key(key), at)
        positions = [store.names.index(name) for name in ids]
        filler = store.row(0) if len(store) > 0 else [store.raw("0")] * len(store.names)
        lines, seen = [], 0
        for key, number in mixed:
            at = None
            if number is None:
                at = given.get(plain_key(key)) if ids else seen
                seen += 1
            cells = list(store.row(at)) if at is not None and at < len(store) else list(filler)
            if at is None:
                for position, part in zip(positions, key.split("\t")):
                    cells[position] = store.raw(part)
            lines.append(_typed_line(store, store.names, cells))
        store.write(
            self.search / table.path, without=range(len(store)), insertions=[(0, at) for at in range(len(lines))], lines=lines
        )

    def _write_thinned(self, thinned):
        store = store_of(self.tables(thinned["path"]))
        store.write(self.search / thinned["path"], without=thinned["rows"])


def lay_out_final(tables, plan):
    """The folder of the final run: everything as it is, except columns that go and files that reveal labels of the test rows."""
    root, folder = Path(plan["root"]), Path(plan["final"])
    written = set(plan["finalOmitted"])
    for path in [*plan["train"], *([plan["test"]] if plan["test"] else [])]:
        store = store_of(tables(path))
        dropped = columns_called(store.names, [*plan["dropped"], *(plan["targets"] if path == plan["test"] else [])])
        if dropped:
            store.write(folder / path, dropped=dropped)
            written.add(path)
    copy_others(root, written, folder)


def columns_called(names, wanted):
    """Those of the names that are called so, in any spelling."""
    plain = {bare_name(name) for name in wanted} - {""}
    return tuple(name for name in names if name in wanted or bare_name(name) in plain)


def copy_others(root, written, folder):
    for path in walk(root):
        if path not in written:
            copy_one(root / path, folder / path)


def walk(root):
    """The files of a folder, hidden ones too, relative to it. Links were resolved before."""
    for folder, _, files in os.walk(root):
        for name in sorted(files):
            path = Path(folder, name)
            if path.is_file():
                yield path.relative_to(root).as_posix()


def copy_one(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    copy_file(source, target)
    shutil.copymode(source, target)


def _cells(store, source, row, positions, given, numbers):
    """A row of one store as cells of another: of each column its position in the row, None for what the row lacks; `given`: texts that take its place."""
    cells, line = source.row(row), []
    for at, position in enumerate(positions):
        if at in given:
            line.append(store.raw(given[at]))
        elif position is None:
            line.append(store.foreign(None, None, False))
        else:
            line.append(store.foreign(cells[position], source, source.names[position] in numbers))
    return line


def _typed_line(store, names, cells):
    if hasattr(store, "reading"):
        return store.line(cells)
    return dict(zip(names, cells))


def _mixed(own, keys, insertions, numbered):
    """(key, number of a held row or None) of the rows to predict, in order."""
    mixed, waiting = [], list(insertions)[::-1]
    for at in range(len(own) + 1):
        while waiting and (waiting[-1][0] <= at or at == len(own)):
            _, number = waiting.pop()
            mixed.append((keys[number][0], number))
        if at < len(own):
            mixed.append((own[at], None))
    if numbered:
        mixed = [(str(at), number) for at, (_, number) in enumerate(mixed)]
    return mixed
