"""Tables row by row, for moving rows between files: text by the byte, typed tables with their types.

Each store knows its names, its number of rows, and three things to do: write all rows but some, take a row's cells, and write its own rows with
rows of another store put in between. Rows that stay are never rewritten unless a column has to go.
"""

import csv
import json
import shutil

import numpy as np

from .dialect import BLANKS
from .records import split_record, utf8_of
from .columns import text_of

COPY = 1 << 22


def store_of(table):
    return {"csv": TextStore, "json-lines": JsonLinesStore, "json": JsonStore, "parquet": ParquetStore, "excel": ExcelStore}[table.format](table)


class TextStore:
    """A delimited file. A cell is its raw bytes, quotes and all."""

    def __init__(self, table):
        self.table, self.reading = table, table.reading
        self.records = table.records
        self.names = table.names()
        self.shape = table.reading.shape
        self.wide = self.reading.encoding == "utf-16"
        self._bytes = utf8_of(table.file) if self.wide else None
        self._file = None
        self.end = self._line_end()

    def __len__(self):
        return len(self.records)

    def _line_end(self):
        first = self._slice(0, min(self.records.body or (1 << 16), 1 << 16))
        for end in (b"\r\n", b"\n", b"\r"):
            if end in first:
                return end
        return b"\n"

    def _slice(self, start, stop):
        if self._bytes is not None:
            return self._bytes[start:stop]
        if self._file is None:
            self._file = open(self.table.file, "rb")
        self._file.seek(start)
        return self._file.read(stop - start)

    def row(self, at):
        """The raw fields of a row; missing ones are empty."""
        fields, _ = split_record(self._slice(int(self.records.starts[at]), int(self.records.ends[at])), self.reading)
        return fields + [b""] * (len(self.names) - len(fields))

    def line_at(self, at):
        return self._slice(int(self.records.starts[at]), int(self.records.ends[at])).strip()

    def text(self, raw):
        """What a raw field says."""
        encoding = "utf-8" if self.wide else self.reading.encoding
        plain = raw.decode(encoding)
        if self.reading.skipinitialspace:
            plain = plain.lstrip(" ")
        if self.reading.quoting == csv.QUOTE_NONE or not plain.lstrip().startswith('"'):
            return plain
        return next(csv.reader([plain.lstrip()], escapechar=self.reading.escapechar), [""])[0] if "\n" not in plain and "\r" not in plain else plain.strip()[1:-1].replace('""', '"')

    def raw(self, text):
        """A text as a field of this file."""
        sep = " " if self.reading.sep == BLANKS else self.reading.sep
        if self.reading.quoting != csv.QUOTE_NONE and (sep in text or '"' in text or "\n" in text or "\r" in text):
            quoted = text.replace('"', '""') if self.reading.escapechar is None else text.replace('"', self.reading.escapechar + '"')
            text = f'"{quoted}"'
        return text.encode("utf-8" if self.wide else self.reading.encoding, errors="replace")

    def foreign(self, value, other, number):
        """A cell of another store as a raw field of this one. `number`: its column is numbers."""
        if isinstance(other, TextStore):
            if other.shape == self.shape:
                return value
            text = other.text(value)
            if number and other.reading.decimal != self.reading.decimal:
                text = text.replace(other.reading.thousands or "\0", "").replace(other.reading.decimal, self.reading.decimal)
            return self.raw(text)
        text = "" if value is None or value != value else text_of(value)
        return self.raw(text.replace(".", self.reading.decimal) if number else text)

    def header(self, dropped):
        """The bytes above the rows, without the columns that go."""
        above = self._slice(0, self.records.body)
        if not dropped or not self.reading.header:
            return above
        lines = above.splitlines(keepends=True)
        line = b"".join(lines[self.reading.skiprows :])
        mark = b"\xef\xbb\xbf" if line.startswith(b"\xef\xbb\xbf") else b""
        fields, end = split_record(line[len(mark) :].lstrip(b"\r\n"), self.reading)
        names = self.names[1:] if self.reading.surplus == "index" else self.names
        kept = [field for name, field in zip(names, fields) if name not in dropped]
        return b"".join(lines[: self.reading.skiprows]) + mark + self._join(kept) + (end or self.end)

    def _join(self, fields):
        return (b" " if self.reading.sep == BLANKS else self.reading.sep.encode()).join(fields)

    def line(self, fields):
        trailing = [b""] if self.reading.surplus == "trailing" else []
        return self._join([*fields, *trailing]) + self.end

    def write(self, path, without=(), dropped=(), insertions=(), lines=()):
        """The file without some rows and columns, with lines put in before rows: `insertions` are (row, number of a line), in the rows' order."""
        removed = np.zeros(len(self), bool)
        removed[list(without)] = True
        with _Writer(path, self.wide, self.end) as out:
            out.write(self.header(dropped))
            pieces = self._pieces(removed, [row for row, _ in insertions], dropped)
            waiting = list(insertions)[::-1]
            for row, piece in pieces:
                while waiting and waiting[-1][0] <= row:
                    out.write(lines[waiting.pop()[1]])
                for part in piece:
                    out.write(part)
            while waiting:
                out.write(lines[waiting.pop()[1]])

    def _pieces(self, removed, stops, dropped):
        """(first row, bytes) of runs of rows that are written as they are; a run begins where something is put in."""
        starts, ends = self.records.starts, self.records.ends
        if dropped:
            kept = [at for at, name in enumerate(self.names) if name not in dropped]
            for at in np.flatnonzero(~removed):
                fields = self.row(at)
                yield at, [self.line([fields[position] for position in kept])]
            return
        bounds = np.flatnonzero(removed)
        cuts = sorted({0, len(self), *bounds.tolist(), *(bounds + 1).tolist(), *[stop for stop in stops if stop <= len(self)]})
        for first, last in zip(cuts, cuts[1:]):
            if not removed[first]:
                # Blank lines before the run belong to it.
                begin = self.records.body if first == 0 else int(ends[first - 1])
                yield first, self._copied(begin, int(ends[last - 1]))

    def _copied(self, begin, end):
        if self._bytes is not None:
            yield self._bytes[begin:end]
            return
        while begin < end:
            block = self._slice(begin, min(begin + COPY, end))
            begin += len(block)
            yield block


class _Writer:
    """Puts pieces of a text file together: each but the last ends its line."""

    def __init__(self, path, wide, end):
        self.path, self.wide, self.end = path, wide, end
        self.last = b"\n"

    def __enter__(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = open(self.path, "wb")
        if self.wide:
            self.file.write(b"\xff\xfe")
        return self

    def __exit__(self, *error):
        self.file.close()

    def write(self, piece):
        if not piece:
            return
        if self.last not in (b"\n", b"\r"):
            self._put(self.end)
        self._put(piece)
        self.last = piece[-1:]

    def _put(self, piece):
        self.file.write(piece.decode("utf-8").lstrip("\ufeff").encode("utf-16-le") if self.wide else piece)


class _ValueStore:
    """A table whose cells are values. Subclasses load rows as dicts by name and write them."""

    def row(self, at):
        return [self._rows[at].get(name) for name in self.names]

    def __len__(self):
        return len(self._rows)

    def foreign(self, value, other, number):
        if isinstance(other, TextStore):
            text = other.text(value)
            if text == "":
                return None
            if number:
                text = text.replace(other.reading.thousands or "\0", "").replace(other.reading.decimal, ".")
                try:
                    return int(text) if text.lstrip("+-").isdigit() else float(text)
                except ValueError:
                    return text
            return text
        return value

    def text(self, value):
        return "" if value is None or value != value else text_of(value)

    def raw(self, text):
        """A text as a value: a whole number where it is one."""
        return int(text) if text.lstrip("-").isdigit() and str(int(text)) == text else text

    def line(self, cells):
        return dict(zip(self.names, cells))

    def write(self, path, without=(), dropped=(), insertions=(), lines=()):
        removed, waiting, rows = set(without), list(insertions)[::-1], []
        for at in range(len(self) + 1):
            while waiting and (waiting[-1][0] <= at or at == len(self)):
                rows.append(self._put_in(lines[waiting.pop()[1]]))
            if at < len(self) and at not in removed:
                rows.append(self._rows[at])
        path.parent.mkdir(parents=True, exist_ok=True)
        self._write(path, [self._without(row, dropped) for row in rows], dropped)

    def _put_in(self, row):
        return row

    def _without(self, row, dropped):
        return {name: value for name, value in row.items() if name not in dropped} if dropped else row


class JsonStore(_ValueStore):
    def __init__(self, table):
        self.table = table
        with open(table.file, encoding="utf-8-sig") as file:
            loaded = json.load(file)
        self._rows = loaded if isinstance(loaded, list) else table.frame().to_dict("records")
        self.names = table.names()

    def _write(self, path, rows, dropped):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False)


class JsonLinesStore(_ValueStore):
    """Lines that stay keep their bytes."""

    def __init__(self, table):
        self.table = table
        with open(table.file, encoding="utf-8-sig", newline="") as file:
            self._lines = [line.rstrip("\r\n") for line in file if line.strip()]
        self._rows = [json.loads(line) for line in self._lines]
        self._line_of = {id(row): line for row, line in zip(self._rows, self._lines)}
        self.names = table.names()

    def _write(self, path, rows, dropped):
        with open(path, "w", encoding="utf-8", newline="") as file:
            for row in rows:
                file.write(f"{self._line_of.get(id(row)) or json.dumps(row, ensure_ascii=False)}\n")


class ExcelStore(_ValueStore):
    """The first sheet of a workbook; the others are left out."""

    def __init__(self, table):
        import openpyxl

        self.table = table
        sheet = openpyxl.load_workbook(table.file, read_only=True, data_only=True).worksheets[0]
        self.title = sheet.title
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        self.names = table.names()
        body = [row for row in rows[1:] if any(cell is not None for cell in row)]
        self._rows = [dict(zip(self.names, row)) for row in body]

    def _write(self, path, rows, dropped):
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(self.title)
        names = [name for name in self.names if name not in dropped]
        sheet.append(names)
        for row in rows:
            sheet.append([row.get(name) for name in names])
        book.save(path)


class ParquetStore(_ValueStore):
    """Keeps the schema of the file, metadata and all."""

    def __init__(self, table):
        import pyarrow.parquet

        self.table = table
        self._table = pyarrow.parquet.read_table(table.file)
        self.names = [str(name) for name in self._table.column_names]

    def __len__(self):
        return self._table.num_rows

    def row(self, at):
        return [column[int(at)].as_py() for column in self._table.columns]

    def write(self, path, without=(), dropped=(), insertions=(), lines=()):
        import pyarrow
        import pyarrow.parquet

        table = self._table
        order = np.setdiff1d(np.arange(len(self)), np.array(list(without), int))
        if insertions:
            rows = [lines[number] for _, number in insertions]
            columns = [pyarrow.array([_fitting(row.get(field.name), field.type) for row in rows], field.type) for field in table.schema]
            put_in = pyarrow.table(columns, schema=table.schema)
            places = np.concatenate([order + 0.5, np.array([row for row, _ in insertions], float)])
            table = pyarrow.concat_tables([table.take(order), put_in]).take(np.argsort(places, kind="stable"))
        else:
            table = table.take(order)
        path.parent.mkdir(parents=True, exist_ok=True)
        pyarrow.parquet.write_table(table.drop_columns([name for name in dropped if name in self.names]), path)


def _fitting(value, kind):
    """A cell of another table as a value of a column's type; None for what is no such value."""
    import pandas
    import pyarrow

    types = pyarrow.types
    if value is None or value != value:
        return None
    try:
        if types.is_string(kind) or types.is_large_string(kind):
            return str(value)
        if types.is_boolean(kind):
            return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).strip().lower())
        if types.is_integer(kind):
            return int(float(value))
        if types.is_floating(kind):
            return float(value)
        if types.is_temporal(kind) and isinstance(value, str):
            return pandas.Timestamp(value).to_pydatetime()
    except (ValueError, OverflowError):
        return None
    return value


def copy_file(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
