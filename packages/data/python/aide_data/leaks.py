"""Looks for labels of the held-back rows in everything that a script could read."""

import bz2
import gzip
import json
import lzma
import math
import sqlite3
import tarfile
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from .columns import text_of
from .keys import bare_name, chunks_of, normal_texts, plain_key
from .layout import walk
from .problem import Problem
from .tables import open_table

# The logarithm of how likely agreement by chance may be, for a finding to be a label and no coincidence.
CERTAIN = -4.0
# Files of formats that run code when they are opened, or that nothing here reads, as scripts may.
OPAQUE = (".pkl", ".pickle", ".joblib", ".feather", ".h5", ".hdf5", ".hdf", ".rds", ".rdata", ".rda", ".sas7bdat", ".sav", ".dta", ".xls", ".avro", ".orc", ".7z", ".rar", ".mat")
MOST_BYTES = 2 << 30
GLANCE = 20
# A longer file is looked through by its ids alone.
LARGE_BYTES = 128 << 20
DEEPEST = 3
ORDER = "the order of rows"


@dataclass(frozen=True)
class Finding:
    """Column `column` of a file agrees with the target on `agreed` of `rows` held-back rows that it was joined with `by`."""

    path: str
    column: str
    target: str
    by: str
    rows: int
    agreed: int
    certain: bool
    # Rows of the file that hold them, for thinning; none where it is no table that could be thinned.
    at: tuple = ()

    def facts(self):
        return {"path": self.path, "column": self.column, "target": self.target, "by": self.by, "rows": self.rows, "agreed": self.agreed, "certain": self.certain}


class Held:
    """The held-back rows: ids, cells of the other columns, and what is not to be found."""

    def __init__(self, *, keys, cells, truth, labels, rows, total, rest, lines=(), id_names=(), known_keys=()):
        # keys: texts of ids, or None. cells: texts of the other columns. truth: target → texts; labels: those of all training rows. rows: their numbers among all `total` training rows.
        # rest: the training rows that are left, cells and targets; None where they are too many. lines: the held rows' own bytes. known_keys: ids of all
        # training and test rows.
        self.keys, self.cells, self.truth, self.rows, self.total, self.rest = keys, cells, truth, rows, total, rest
        self.labels = labels
        self.known_keys = frozenset(map(plain_key, known_keys))
        self.lines, self.id_names = lines, frozenset(map(bare_name, id_names))
        self.numbers = {name: pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(float) for name, values in truth.items()}
        self.shares = {name: _shares(values) for name, values in labels.items()}
        self.at_key = {} if keys is None else {plain_key(key): at for at, key in enumerate(keys)}

    def agreement(self, target, held, texts):
        """(rows compared, rows that agree, log10 of the likelihood of that by chance) of cells against the truth of held rows."""
        truth = np.array(self.truth[target], object)[held]
        known = truth != ""
        truth, texts, numbers = truth[known], np.array(texts, object)[known], self.numbers[target][held][known]
        if len(truth) == 0:
            return 0, 0, 0.0
        if len(self.shares[target]) > len(truth) / 4 and not any(map(_is_same, truth[:GLANCE], texts[:GLANCE])):
            # Of labels that hardly repeat, a few rows show at once that a column holds something else.
            return len(truth), 0, 0.0
        given = pd.to_numeric(pd.Series(texts), errors="coerce").to_numpy(float)
        with np.errstate(invalid="ignore"):
            close = np.abs(given - numbers) <= 1e-9 * np.maximum(1.0, np.abs(numbers))
        same = close | np.array([a.lower() == b.lower() for a, b in zip(map(str, texts), truth)])
        if not same.all() and _is_renamed(truth, texts):
            same = np.ones(len(truth), bool)
        chance = sum(math.log10(self.shares[target][label]) for label in truth[same])
        return len(truth), int(same.sum()), chance


def _is_same(truth, text):
    try:
        return abs(float(truth) - float(text)) <= 1e-9 * max(1.0, abs(float(truth)))
    except ValueError:
        return str(truth).lower() == str(text).lower()


def _shares(values):
    counts = Counter(value for value in values if value != "")
    total = max(2, sum(counts.values()))
    return {label: min(0.999999, count / total) for label, count in counts.items()}


def _is_renamed(truth, texts):
    """Whether the cells are the classes under other names: one for each, on enough rows."""
    pairs = set(zip(truth, texts))
    names = {text for _, text in pairs}
    return len(truth) >= 20 and 1 < len(names) <= len(truth) / 4 and "" not in names and len(pairs) == len(names) == len(set(truth))


def scan_folder(folder, held, known, allowed, skipped=()):
    """Findings in every readable file of a folder. `known`: path → how its rows are held rows already (row numbers → held), as of the file of rows to predict."""
    findings, opaque = [], []
    for path in walk(Path(folder)):
        if path in skipped:
            continue
        if Path(path).suffix.lower() in OPAQUE:
            opaque.append(path)
            continue
        if Path(folder, path).stat().st_size > LARGE_BYTES and (large := _large(folder, path, held)) is not None:
            findings += [one for one in large if one.column not in allowed]
            continue
        tables = 0
        for name, frame, movable in _tables_in(folder, path):
            tables += 1
            found = scan_frame(name, frame, held, known.get(path) if movable else None)
            findings += [one for one in found if one.column not in allowed]
        if tables == 0 and Path(path).suffix.lower() in (".npy", ".npz"):
            # Arrays of objects, which are pickles.
            opaque.append(path)
        elif tables == 0:
            findings += _lines_in(folder, path, held)
    return findings, opaque


def _large(folder, path, held):
    """Findings in a delimited file that is too long to be held in memory: its ids, a part at a time, beside columns called as a target is. None for another format."""
    table = open_table(str(folder), path)
    if table is None or table.reading is None:
        return None
    targets = {bare_name(name) for name in held.truth}
    ids = [name for name in table.names() if bare_name(name) in held.id_names]
    others = [name for name in table.names() if bare_name(name) in targets]
    if not ids or not others:
        return []
    parts = []
    for chunk in chunks_of(table, [*ids, *others]):
        texts = pd.Series(normal_texts(chunk[ids[0]]))
        plain = texts if pd.api.types.is_numeric_dtype(chunk[ids[0]]) else texts.map(plain_key)
        parts.append(chunk[plain.isin(held.at_key).to_numpy()])
    return scan_frame(path, pd.concat(parts, ignore_index=True), held)


def scan_frame(path, frame, held, places=None):
    """Findings in one table."""
    if len(frame) == 0:
        return []
    texts = {name: normal_texts(frame[name]) for name in frame.columns}
    found = []
    if places is not None:
        rows, of = places
        found += _compare(path, texts, held, np.array(rows, int), np.array(of, int), "its rows", exact=True)
        return found
    for name, values in texts.items():
        rows, of = _joined(name, values, held)
        if len(rows) > 0:
            found += _compare(path, {other: cells for other, cells in texts.items() if other != name}, held, rows, of, name)
    if len(frame) == held.total:
        found += _compare(path, texts, held, np.array(held.rows, int), np.arange(len(held.rows)), ORDER)
    found += _whole_rows(path, texts, held)
    found += _same_values(path, texts, held)
    unique = {}
    for one in found:
        known = unique.get((one.column, one.target))
        if known is None or (one.certain, one.agreed) > (known.certain, known.agreed):
            unique[one.column, one.target] = one
    return list(unique.values())


def _joined(name, values, held):
    """Rows of a table whose cell is a held row's id, and which one."""
    if not held.at_key:
        return np.empty(0, int), np.empty(0, int)
    unique = {value: plain_key(value) for value in set(values)}
    if held.at_key.keys().isdisjoint(unique.values()):
        return np.empty(0, int), np.empty(0, int)
    plain = [unique[value] for value in values]
    pairs = [(at, held.at_key[key]) for at, key in enumerate(plain) if key in held.at_key]
    # A column of numbers shares some with ids by chance: one that is called otherwise must hold hardly anything else, and rarely twice.
    known = bare_name(name) in held.id_names or (
        len({key for _, key in pairs}) > len(pairs) / 4 and sum(key in held.known_keys for key in plain) >= 0.8 * len(plain)
    )
    if len(pairs) == 0 or not known:
        return np.empty(0, int), np.empty(0, int)
    rows, of = zip(*pairs)
    return np.array(rows, int), np.array(of, int)


def _compare(path, texts, held, rows, of, by, exact=False):
    found = []
    for target in held.truth:
        for name, values in texts.items():
            compared, agreed, chance = held.agreement(target, of, values[rows])
            if compared == 0 or agreed < 0.9 * compared:
                continue
            if len(values) > 1 and len(set(values)) == 1:
                continue
            # A column called as the target may agree by chance on a few rows that numbers of another meaning join.
            same_name = bare_name(name) == bare_name(target) and (exact or bare_name(by) in held.id_names or by == ORDER)
            certain = agreed == compared and (chance <= CERTAIN or same_name)
            if certain or (agreed >= 10 and chance <= CERTAIN):
                found.append(Finding(path, name, target, by, compared, agreed, certain, () if exact else tuple(rows.tolist())))
    return found


def _whole_rows(path, texts, held):
    """Held rows that stand whole in a table: more often, with their label, than the training rows that are left explain."""
    own = {bare_name(name): name for name in held.cells.columns}
    shared = [(name, own[bare_name(name)]) for name in texts if bare_name(name) in own]
    if not shared or held.rest is None or len(held.cells) == 0:
        return []
    mine = list(zip(*(held.cells[other] for _, other in shared)))
    theirs = list(zip(*(texts[name] for name, _ in shared)))
    wanted = set(mine)
    rows = [at for at, key in enumerate(theirs) if key in wanted]
    if not rows:
        return []
    found = []
    rest = Counter(zip(*(held.rest[other] for _, other in shared)))
    for target, truth in held.truth.items():
        labelled = Counter(zip(zip(*(held.rest[other] for _, other in shared)), held.rest[target]))
        for name, values in texts.items():
            if any(name == one for one, _ in shared):
                continue
            there = Counter((theirs[at], _label(values[at])) for at in rows)
            extra = [at for at, key in enumerate(mine) if truth[at] != "" and there[key, _label(truth[at])] > labelled[key, _label(truth[at])]]
            # Of the held rows that are there at all, not explained by training rows that look the same.
            present = Counter(theirs[at] for at in rows)
            there_at_all = [at for at, key in enumerate(mine) if present[key] > rest[key]]
            if not there_at_all or len(extra) < 0.9 * len(there_at_all) or (len(values) > 1 and len(set(values)) == 1):
                continue
            chance = sum(math.log10(held.shares[target][truth[at]]) for at in extra)
            certain = len(extra) >= len(there_at_all) and (chance <= CERTAIN or len(shared) >= 3)
            if certain or len(extra) >= 10:
                keys = {(mine[at], _label(truth[at])) for at in extra}
                found.append(
                    Finding(path, name, target, "whole rows", len(there_at_all), len(extra), certain, tuple(at for at in rows if (theirs[at], _label(values[at])) in keys))
                )
    return found


def _same_values(path, texts, held):
    """A column with the target's values in any order: what the training rows do not have of them are the held-back labels."""
    found = []
    for target, labels in held.labels.items():
        everything = {_label(label) for label in labels if label != ""}
        away = {_label(label) for label in held.truth[target] if label != ""}
        staying = Counter(_label(label) for label in labels if label != "")
        staying.subtract(_label(label) for label in held.truth[target] if label != "")
        only = {label for label in away if staying[label] <= 0}
        # Labels that repeat are nobody's.
        if len(only) < 5 or len(everything) < len(labels) / 2:
            continue
        for name, values in texts.items():
            there = {_label(value) for value in set(values)}
            # One label that could hardly be anything else is enough.
            telling = min(map(len, only)) >= 7
            least = 1 if telling else max(2, 0.2 * len(only))
            if len(there) > 1.2 * len(everything) or len(only & there) < least or len(everything & there) < 0.8 * len(there):
                continue
            if not telling and _by_density(only, everything - only, there):
                continue
            rows = tuple(at for at, value in enumerate(values) if _label(value) in only)
            found.append(Finding(path, name, target, "its values", len(only), len(only & there), True, rows))
    return found


def _by_density(only, others, there):
    """Whether numbers of another meaning explain it, as they do where both are small whole numbers: they hold held-back labels no more often than other ones, and not most of all."""
    if len((only | others) & there) >= 0.8 * len(only | others):
        return False
    share, usual = len(only & there) / len(only), (len(others & there) + 1) / (len(others) + 2)
    if share <= usual:
        return True
    # Chernoff's bound on the chance of so many.
    distance = share * math.log10(share / usual) + (0 if share == 1 else (1 - share) * math.log10((1 - share) / (1 - usual)))
    return -len(only) * distance > CERTAIN


def _label(text):
    try:
        return repr(float(text))
    except ValueError:
        return str(text).lower()


def _tables_in(folder, path, depth=0):
    """(name, frame, whether it is a table of its own file) of everything in a file that can be read as a table."""
    file = Path(folder, path)
    if file.stat().st_size > MOST_BYTES:
        return
    try:
        table = open_table(str(folder), path, any_ending=True)
        if table is not None:
            yield path, table.frame(), True
            if table.format == "excel":
                for name, sheet in list(pd.read_excel(file, sheet_name=None).items())[1:]:
                    yield f"{path}#{name}", _text_columns(sheet), False
            return
        yield from _others_in(file, path, depth)
    except (Problem, ValueError, OSError, KeyError, TypeError, sqlite3.Error, zipfile.BadZipFile, tarfile.TarError, EOFError, lzma.LZMAError):
        # What cannot be read here as a table is looked through line by line.
        return


def _text_columns(frame):
    return frame.set_axis([str(name) for name in frame.columns], axis=1)


def _others_in(file, path, depth):
    start = file.open("rb").read(512)
    if start.startswith(b"SQLite format 3\0"):
        with sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True) as base:
            for (name,) in base.execute("select name from sqlite_master where type in ('table', 'view')").fetchall():
                quoted = name.replace('"', '""')
                yield f"{path}#{name}", pd.read_sql_query(f'select * from "{quoted}"', base), False
    elif start[:6] == b"\x93NUMPY":
        yield path, _array_frame(np.load(file, allow_pickle=False)), False
    elif file.suffix.lower() == ".npz":
        with np.load(file, allow_pickle=False) as arrays:
            for name in arrays.files:
                yield f"{path}#{name}", _array_frame(arrays[name]), False
    elif file.suffix.lower() == ".json":
        yield from _json_frames(path, json.loads(file.read_text("utf-8-sig")))
    elif depth < DEEPEST:
        yield from _packed(file, path, start, depth)


def _array_frame(array):
    array = array.reshape(len(array), -1) if array.ndim > 0 else array.reshape(1, 1)
    return pd.DataFrame(array).rename(columns=str)


def _json_frames(path, value, at=""):
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        yield f"{path}{at}", pd.json_normalize(value), False
    elif isinstance(value, list) and value and all(isinstance(one, (list, tuple)) for one in value):
        yield f"{path}{at}", pd.DataFrame(value).rename(columns=str), False
    elif isinstance(value, list) and value and not isinstance(value[0], dict):
        yield f"{path}{at}", pd.DataFrame({"value": [str(one) for one in value]}), False
    elif isinstance(value, dict):
        if value and all(isinstance(one, (str, int, float, bool, type(None))) for one in value.values()):
            yield f"{path}{at}", pd.DataFrame({"key": list(value), "value": [text_of(one) for one in value.values()]}), False
        elif value and all(isinstance(one, dict) for one in value.values()):
            yield f"{path}{at}", pd.json_normalize([{"key": key, **one} for key, one in value.items()]), False
        lists = {key: one for key, one in value.items() if isinstance(one, list)}
        if lists and len({len(one) for one in lists.values()}) == 1 and not any(isinstance(one, dict) for ones in lists.values() for one in ones):
            yield f"{path}{at}", pd.DataFrame(lists), False
        for key, one in value.items():
            if isinstance(one, (dict, list)):
                yield from _json_frames(path, one, f"{at}/{key}")


def _packed(file, path, start, depth):
    with tempfile.TemporaryDirectory(prefix="aide-scan-") as folder:
        names = []
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for entry in archive.infolist()[:1000]:
                    if not entry.is_dir() and entry.file_size <= MOST_BYTES:
                        names.append(_unpack(folder, entry.filename, archive.open(entry)))
        elif start[:2] == b"\x1f\x8b" or start[:3] == b"BZh" or start[:6] == b"\xfd7zXZ\0" or start[257:262] == b"ustar":
            try:
                with tarfile.open(file) as archive:
                    for entry in archive:
                        if entry.isfile() and entry.size <= MOST_BYTES:
                            names.append(_unpack(folder, entry.name, archive.extractfile(entry)))
            except tarfile.TarError:
                opener = {b"\x1f": gzip, b"B": bz2, b"\xfd": lzma}[start[:1]]
                names.append(_unpack(folder, file.stem if "." in file.stem else f"{file.stem}.csv", opener.open(file)))
        for number, name in names:
            for _, frame, _ in _tables_in(folder, number, depth + 1):
                yield f"{path}#{name}", frame, False


def _unpack(folder, name, opened):
    number = f"{len(list(Path(folder).iterdir()))}{Path(name).suffix.lower()}"
    with opened as source, open(Path(folder, number), "wb") as target:
        left = MOST_BYTES
        while left > 0 and (block := source.read(min(left, 1 << 20))):
            target.write(block)
            left -= len(block)
    return number, name


def _lines_in(folder, path, held):
    """A held row's line, label and all, in a text that is no table: notes, logs, scripts."""
    file = Path(folder, path)
    if file.stat().st_size > (256 << 20) or not held.lines:
        return []
    data = file.read_bytes()
    if b"\0" in data[:4096]:
        return []
    there = {line.strip() for line in data.splitlines()}
    rows = [at for at, line in enumerate(held.lines) if line and line in there]
    if not rows:
        return []
    target = next(iter(held.truth))
    chance = sum(math.log10(held.shares[target].get(held.truth[target][at], 1)) for at in rows)
    # A line of two short cells may well stand elsewhere.
    certain = chance <= CERTAIN or min(len(held.lines[at]) for at in rows) >= 12
    return [Finding(path, "(whole lines)", target, "lines", len(rows), len(rows), certain)] if certain else []
