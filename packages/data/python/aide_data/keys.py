"""Cells as keys: the text by which a value is the same value in two tables, and hashes of rows of such texts."""

import re

import numpy as np
import pandas as pd

from .columns import text_of

CHUNK = 250_000
KEPT_BYTES = 256 << 20
WHOLE = re.compile(r"-?[1-9]\d{0,17}|0")


def normal_texts(column):
    """A column's cells as texts to compare: whole numbers without a point, "" for a missing one, no spaces around."""
    missing = column.isna().to_numpy()
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_integer_dtype(column):
        out = column.astype(str).to_numpy(object)
    elif column.dtype == np.float64:
        values = column.to_numpy()
        out = np.array(list(map(repr, values.tolist())), object)
        with np.errstate(invalid="ignore"):
            whole = (values % 1 == 0) & (np.abs(values) < 1e15)
        out[whole] = values[whole].astype(np.int64).astype(str)
    else:
        codes, values = pd.factorize(column.astype(object))
        # A missing cell has the code -1, which is the last one.
        return np.array([*(text_of(value).strip() for value in values), ""], object)[codes]
    out[missing] = ""
    return out


def hash_rows(frame):
    """One 64-bit hash for each row of a frame, the same for the same texts."""
    hashed = np.zeros(len(frame), np.uint64)
    for name in frame.columns:
        hashed = hashed * np.uint64(1_000_003) + _hash_cells(frame[name])
    return hashed


def _hash_cells(column):
    """Whole numbers are hashed as such: to write them out as text takes most of the time on a long column."""
    if pd.api.types.is_integer_dtype(column) and not column.isna().any():
        return pd.util.hash_array(column.to_numpy(np.int64))
    texts = normal_texts(column)
    hashed = pd.util.hash_array(texts, categorize=False)
    whole = np.array([WHOLE.fullmatch(text) is not None for text in texts], bool)
    if whole.any():
        hashed[whole] = pd.util.hash_array(np.array([int(text) for text in texts[whole]], np.int64))
    return hashed


def chunks_of(table, columns):
    """Some columns of a table, a part of its rows at a time."""
    if table.reading is None or table.is_small:
        yield table.frame(columns)
    else:
        yield from table.reading.frame(table.file, usecols=list(columns), chunksize=CHUNK)


def written_keys(table, columns):
    written = table.written(list(columns))
    parts = [written[name].str.strip() for name in columns]
    return parts[0].tolist() if len(parts) == 1 else ["\t".join(key) for key in zip(*parts)]


def plain_key(key):
    """A key's text to compare: 150 for 000150 and 150.0."""
    if "\t" in key:
        return "\t".join(map(plain_key, key.split("\t")))
    bare = key.strip()
    whole = bare.removesuffix(".0")
    return whole.lstrip("0") or "0" if whole.isdigit() else bare


def bare_name(name):
    """A column's name to compare: letters and digits alone."""
    return "".join(character for character in name.lower() if character.isalnum())


def fresh_keys(own):
    """Makes up ids that no row has: beyond every number there is, as wide as the others where they begin with zeros."""
    taken = set(own)
    numbers = [key for key in own if key.isdigit() and len(key) < 16]
    width = len(numbers[0]) if numbers and len(set(map(len, numbers))) == 1 and any(key[0] == "0" for key in numbers) else 0
    state = {"next": max(map(int, numbers), default=0)}

    def make(key):
        while True:
            state["next"] += 1
            made = str(state["next"]).zfill(width)
            if made not in taken:
                taken.add(made)
                return made

    return make


def _key(table, columns):
    return table.root, table.path, tuple(columns)


class Keys:
    """Hashes of tables' columns, computed once while there is room for them."""

    def __init__(self):
        self._known = {}

    def of(self, table, columns):
        self.read([(table, columns)])
        return self._known[_key(table, columns)]

    def read(self, wanted):
        """Hashes of several sets of columns, (table, columns), in one pass over each table."""
        missing = {}
        for table, columns in wanted:
            if _key(table, columns) not in self._known:
                missing.setdefault((table.root, table.path), (table, {}))[1][tuple(columns)] = []
        for table, parts in missing.values():
            names = list(dict.fromkeys(name for columns in parts for name in columns))
            for chunk in chunks_of(table, names):
                for columns, hashed in parts.items():
                    hashed.append(hash_rows(chunk[list(columns)]))
            for columns, hashed in parts.items():
                self._known[_key(table, columns)] = np.concatenate(hashed) if hashed else np.empty(0, np.uint64)

    def forget(self):
        """Lets the oldest go where all together take too much room."""
        taken = sum(hashes.nbytes for hashes in self._known.values())
        while taken > KEPT_BYTES:
            taken -= self._known.pop(next(iter(self._known))).nbytes

    def relate(self, first, columns, second, others):
        """How the rows of two tables agree in some columns, as sets of tuples."""
        a, b = self.of(first, columns), self.of(second, others)
        a_set, b_set = np.unique(a), np.unique(b)
        return {
            "rows": [len(a), len(b)],
            "unique": [len(a_set), len(b_set)],
            "shared": len(np.intersect1d(a_set, b_set, assume_unique=True)),
            "aligned": len(a) == len(b) and bool(np.array_equal(a, b)),
        }
