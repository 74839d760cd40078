"""Where the rows of a delimited file lie, byte by byte, as pandas takes them apart."""

import codecs
import csv
import re

import numpy as np

from .dialect import BLANKS
from .encoding import blocks


class Records:
    """Byte ranges of a file's rows: `starts[i]` to `ends[i]`, line ends included. What lies before `body` is the header and what stands above it.

    `widths` holds each row's number of fields; 0 where it was not counted.
    """

    def __init__(self, body, starts, ends, widths):
        self.body, self.starts, self.ends, self.widths = body, starts, ends, widths

    def __len__(self):
        return len(self.starts)

    def odd_row(self, wanted):
        """The first row with another number of fields, and that number; None where all have as many."""
        odd = np.flatnonzero((self.widths != wanted) & (self.widths != 0))
        return None if len(odd) == 0 else (int(odd[0]), int(self.widths[odd[0]]))

    def line_of(self, row, table):
        """The number of a row's first line in the file, from 1."""
        start = int(self.starts[row])
        if table.reading.encoding == "utf-16":
            return utf8_of(table.file)[:start].count(b"\n") + 1
        with open(table.file, "rb") as file:
            before = file.read(start)
        return before.count(b"\n") + (0 if b"\n" in before else before.count(b"\r")) + 1


def find_records(path, reading):
    wide = reading.encoding == "utf-16"
    if wide:
        # Its line ends are two bytes; offsets are counted in the UTF-8 of the same text.
        lines = _lines_of(utf8_of(path).splitlines(keepends=True))
    elif (quick := _plain_lines(path, reading)) is not None:
        return quick
    else:
        lines = _lines_of(_lines_in(path))
    return _scan(lines, reading)


def utf8_of(path):
    with open(path, encoding="utf-16", newline="") as file:
        return file.read().encode()


def _lines_in(path):
    with open(path, "rb") as file:
        yield from file


def _lines_of(lines):
    """Lines, ended by a line feed, a carriage return, or both."""
    for line in lines:
        if b"\r" in line and (b"\r" in line[:-2] or line[-1:] == b"\r"):
            yield from line.splitlines(keepends=True) if b"\x0b" not in line and b"\x0c" not in line else re.findall(
                rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", line
            )
        else:
            yield line


def _plain_lines(path, reading):
    """Line ends by the block, for a file without quotes or lone carriage returns; None for another."""
    quote = b'"' if reading.quoting != csv.QUOTE_NONE else None
    sep = None if reading.sep == BLANKS else reading.sep.encode()[0]
    found, widths, base, rest = [], [], 0, b""
    for block in blocks(path):
        if quote is not None and quote in block or reading.escapechar is not None:
            return None
        if b"\r" in block and block.count(b"\r") != block.count(b"\r\n") + block.endswith(b"\r"):
            return None
        block = rest + block
        cut = block.rfind(b"\n") + 1
        rest = block[cut:]
        ends, counts = _lines_of_block(block[:cut], sep)
        found.append(ends + base)
        widths.append(counts)
        base += cut
    if rest:
        ends, counts = _lines_of_block(rest, sep)
        found.append(ends + base)
        widths.append(counts)
    ends = np.concatenate(found) if found else np.empty(0, np.int64)
    starts = np.concatenate(([0], ends[:-1])) if len(ends) > 0 else ends
    lengths = ends - starts
    # Only short lines can be blank.
    short = np.flatnonzero(lengths <= 64)
    blank = np.zeros(len(starts), bool)
    if len(short) > 0:
        with open(path, "rb") as file:
            if len(short) > len(starts) / 2:
                blank[short] = [_is_blank(line, reading) for line, keep in zip(file, lengths <= 64) if keep]
            else:
                for at in short:
                    file.seek(starts[at])
                    blank[at] = _is_blank(file.read(lengths[at]), reading)
    return _without_header(starts, ends, blank, np.concatenate(widths) if widths else np.empty(0, np.int32), reading)


def _lines_of_block(block, sep):
    """Where each line ends, and how many fields it has. The last line may be without an end."""
    bytes_ = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(bytes_ == 10).astype(np.int64) + 1
    if len(bytes_) > 0 and (len(ends) == 0 or ends[-1] != len(bytes_)):
        ends = np.append(ends, len(bytes_))
    if sep is None or len(ends) == 0:
        return ends, np.zeros(len(ends), np.int32)
    before = np.searchsorted(np.flatnonzero(bytes_ == sep), ends)
    return ends, np.diff(before, prepend=0).astype(np.int32) + 1


def _is_blank(line, reading):
    bare = line.rstrip(b"\r\n")
    return bare.strip(b" " if reading.sep == "\t" else b" \t") == b"" and b"\t" not in (bare if reading.sep == "\t" else b"")


def _without_header(starts, ends, blank, widths, reading):
    above = reading.skiprows
    rows = np.flatnonzero(~blank[above:]) + above
    if reading.header and len(rows) > 0:
        body, rows = int(ends[rows[0]]), rows[1:]
    else:
        body = int(starts[rows[0]]) if len(rows) > 0 else 0
    return Records(body, starts[rows], ends[rows], widths[rows])


def _scan(lines, reading):
    opens = _Quotes(reading)
    sep = None if reading.sep == BLANKS else reading.sep.encode()
    rows = []
    at, begun, open_, skipped, parts = 0, 0, False, 0, []
    for line in lines:
        at += len(line)
        if skipped < reading.skiprows:
            skipped += 1
            rows.append((begun, at, False, 0))
            begun = at
            continue
        open_ = opens(line, open_)
        if open_:
            parts.append(line)
            continue
        whole = line if not parts else b"".join([*parts, line])
        parts = []
        blank = len(whole) <= 64 and _is_blank(whole, reading)
        rows.append((begun, at, blank, 0 if sep is None or blank else _width(whole, sep, reading)))
        begun = at
    if begun < at:
        rows.append((begun, at, False, 0))
    starts, ends, blank, widths = (np.array(column) for column in zip(*rows)) if rows else ([], [], [], [])
    return _without_header(
        np.array(starts, np.int64), np.array(ends, np.int64), np.array(blank, bool), np.array(widths, np.int32), reading
    )


def _width(record, sep, reading):
    if b'"' not in record and reading.escapechar is None:
        return record.count(sep) + 1
    return len(split_record(record, reading)[0])


class _Quotes:
    """Whether a quoted field is open at a line's end. A quote opens one only where a field begins, as in pandas' tokenizer."""

    def __init__(self, reading):
        self.quote = b'"' if reading.quoting != csv.QUOTE_NONE else None
        self.escape = reading.escapechar.encode() if reading.escapechar else None
        self.sep = None if reading.sep == BLANKS else reading.sep.encode()
        self.spaces = reading.skipinitialspace

    def __call__(self, line, open_):
        quote = self.quote
        if quote is None or quote not in line:
            return open_
        at = 0
        while True:
            at = line.find(quote, at)
            if at == -1:
                return open_
            if self.escape is not None and line[at - 1 : at] == self.escape and at > 0:
                at += 1
            elif open_:
                if line[at + 1 : at + 2] == quote and self.escape is None:
                    at += 2
                else:
                    open_ = False
                    at += 1
            else:
                open_ = self._begins_field(line, at)
                at += 1

    def _begins_field(self, line, at):
        before = line[:at].rstrip(b" ") if self.spaces or self._is_leading(line, at) else line[:at]
        if before in (b"", codecs.BOM_UTF8):
            return True
        return before[-1:] in b" \t" if self.sep is None else before.endswith(self.sep)

    @staticmethod
    def _is_leading(line, at):
        return line[:at].removeprefix(codecs.BOM_UTF8).strip(b" ") == b""


def split_record(record, reading):
    """The raw fields of a row, quotes and all, and the row's end (line feed, or nothing at the file's end)."""
    body = record.rstrip(b"\r\n")
    end = record[len(body) :]
    if reading.sep == BLANKS:
        return re.findall(rb'"(?:[^"]|"")*"(?=\s|$)|\S+', body), end
    sep = reading.sep.encode()
    if b'"' not in body or reading.quoting == csv.QUOTE_NONE:
        if reading.escapechar is None:
            return body.split(sep), end
    quotes = _Quotes(reading)
    fields, begun, open_ = [], 0, False
    parts = body.split(sep)
    current = []
    for part in parts:
        current.append(part)
        whole = sep.join(current)
        open_ = _open_after(whole, quotes)
        if not open_:
            fields.append(whole)
            current = []
    if current:
        fields.append(sep.join(current))
    return fields, end


def _open_after(field, quotes):
    return quotes(field, False) or (quotes.escape is not None and field.endswith(quotes.escape))
