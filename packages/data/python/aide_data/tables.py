"""The tables of a data folder, whatever their format: how a script reads them, and their rows as pandas gives them."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from .dialect import detect_dialect
from .encoding import detect_encoding
from .problem import Problem
from .reading import DEFAULT_NA, Reading
from .records import find_records

HEAD_ROWS = 20_000
# Of formats that are read as a whole, and of small text files, so many tables stay in memory, each up to so many bytes of its file.
KEPT_BYTES = 64 << 20
SMALL_BYTES = 4 << 20
KEPT_TABLES = 8
TEXTS = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".psv", ".test", ".train", "")
JSON_LINES = (".jsonl", ".ndjson")


_in_memory = {}


@dataclass(frozen=True)
class Table:
    """One table of a data folder. `root` / `path` is its file."""

    root: str
    path: str
    format: str
    reading: Reading | None = None
    # What pandas would take for missing in a workbook and is a value here.
    kept: tuple = ()

    @property
    def file(self):
        return Path(self.root, self.path)

    def in_folder(self, root):
        return replace(self, root=str(root))

    def names(self):
        if self.reading is not None:
            return self.reading.names(self.file)
        return [str(name) for name in self.head(1).columns]

    def head(self, rows=HEAD_ROWS):
        if self.is_small and len(whole := self._whole()) <= rows:
            return whole.copy(deep=False)
        if self.reading is not None:
            return self.reading.frame(self.file, nrows=rows)
        if self.format == "json-lines":
            return _named(pd.read_json(self.file, lines=True, nrows=rows))
        return self.frame().head(rows)

    def frame(self, columns=None):
        """The whole table, or some of its columns."""
        if self.reading is not None and not self.is_small:
            return self.reading.frame(self.file, **({} if columns is None else {"usecols": list(columns)}))
        if self.format == "parquet":
            return _named(pd.read_parquet(self.file, columns=None if columns is None else list(columns)))
        frame = self._whole()
        return frame.copy(deep=False) if columns is None else frame[list(columns)]

    @property
    def is_small(self):
        """A text table that is parsed once, and not for each column that is asked for."""
        return self.reading is not None and self.file.stat().st_size <= SMALL_BYTES

    def _whole(self):
        found = self.file.stat()
        key = (self.file, self.reading, self.kept, found.st_mtime_ns, found.st_size)
        if key in _in_memory:
            return _in_memory[key]
        read = {
            "csv": lambda: self.reading.frame(self.file),
            "json-lines": lambda: _named(pd.read_json(self.file, lines=True)),
            "json": lambda: _named(pd.read_json(self.file)),
            "excel": lambda: _named(pd.read_excel(self.file, **self._missing_in_workbook)),
        }[self.format]
        frame = read()
        if found.st_size <= KEPT_BYTES:
            _in_memory[key] = frame
            if len(_in_memory) > KEPT_TABLES:
                del _in_memory[next(iter(_in_memory))]
        return frame

    def written(self, columns):
        """Some columns as they are written: every cell as text, nothing missing but in typed tables."""
        if self.reading is None:
            from .columns import texts

            frame = self.frame(columns)
            return pd.DataFrame({name: texts(frame[name]) for name in frame.columns})
        plain = self.reading.with_(missing=(), kept=(), decimal=".", thousands=None, texts=())
        return plain.frame(self.file, usecols=list(columns), dtype=str, keep_default_na=False, na_values=[])

    @property
    def _missing_in_workbook(self):
        return {"keep_default_na": False, "na_values": sorted({*DEFAULT_NA, ""} - set(self.kept))} if self.kept else {}

    @cached_property
    def records(self):
        return find_records(self.file, self.reading)

    @property
    def call(self):
        return {"csv": "read_csv", "json": "read_json", "json-lines": "read_json", "parquet": "read_parquet", "excel": "read_excel"}[self.format]

    @property
    def args(self):
        if self.reading is not None:
            return self.reading.args
        return {"lines": True} if self.format == "json-lines" else {}


def _named(frame):
    """Columns are called by text, an index that says something is a column."""
    if frame.index.name is not None or not isinstance(frame.index, pd.RangeIndex) and not frame.index.is_integer():
        frame = frame.rename_axis(frame.index.name or "").reset_index()
    return frame.set_axis([str(name) for name in frame.columns], axis=1)


def open_table(root, path, any_ending=False):
    """The table in a file, by what the file holds and not by its name; None where it holds none. Text files of endings that no table has are opened where
    `any_ending` says so.

    Raises a Problem for a table whose rows or bytes cannot be read.
    """
    file = Path(root, path)
    ending = file.suffix.lower()
    with open(file, "rb") as opened:
        start = opened.read(64)
    if start.startswith(b"PAR1"):
        return Table(root, path, "parquet")
    if start.startswith(b"PK\x03\x04") and ending in (".xlsx", ".xlsm"):
        return Table(root, path, "excel")
    if ending in JSON_LINES or ending == ".json":
        return _open_json(root, path, file, ending)
    if start == b"" or ending not in TEXTS and not any_ending:
        return None
    ending = ending if ending in TEXTS else ""
    try:
        reading = detect_dialect(file, ending)
    except Problem:
        if ending in (".csv", ".tsv"):
            raise
        return None
    return None if reading is None else Table(root, path, "csv", reading)


def _open_json(root, path, file, ending):
    lines = ending in JSON_LINES or _is_lines(file)
    table = Table(root, path, "json-lines" if lines else "json")
    try:
        head = table.head(100)
    except (ValueError, TypeError, AttributeError) as error:
        if lines and ending in JSON_LINES:
            raise Problem("json-lines", cause=error) from error
        return None
    return table if head.shape[1] > (0 if lines else 1) and len(head) > 1 else None


def _is_lines(file):
    with open(file, encoding=detect_encoding(file)) as opened:
        first, second = opened.readline(), opened.readline()
    try:
        return isinstance(json.loads(first), dict) and isinstance(json.loads(second), dict)
    except json.JSONDecodeError:
        return False
