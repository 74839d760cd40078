"""Finds out how a delimited text file is written, from its head."""

import csv
import io
import re
from collections import Counter

from .encoding import detect_encoding
from .numbers import COMMA
from .reading import Reading

HEAD = 1 << 16
SEPARATORS = (",", "\t", ";", "|")
BLANKS = r"\s+"
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
# A first line with which spreadsheets name the separator.
SEP_LINE = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)
EVEN = 0.9
GAPS = ("", "?", "NA", "nan")


def detect_dialect(path, ending=""):
    """The reading of a delimited text file; None for a text that is no table. Raises a Problem for a file whose rows cannot be separated."""
    encoding = detect_encoding(path)
    text = head_of(path, encoding)
    if text is None:
        return None
    best = max(_candidates(text), key=lambda one: one.rank, default=None)
    if best is None or best.fit < EVEN and ending not in (".csv", ".tsv"):
        return _single_column(text, encoding, ending)
    if best.width < 2:
        return _single_column(text, encoding, ending)
    if len(best.whole[0]) == 1 and not text.lstrip().startswith('"'):
        # One name above cells of several words, or above decimal fractions: no separator splits them.
        if best.sep == BLANKS and (best.width == 2 or ending in (".csv", ".tsv")):
            return _single_column(text, encoding, ending)
        if best.sep == "," and best.width == 2 and all(COMMA.match(",".join(row)) for row in best.rows[1:]):
            return Reading(encoding=encoding, sep=";", skiprows=best.leading + best.above)
    if ending not in (".csv", ".tsv", ".data", ".tab") and len(best.rows) < 3:
        return None
    return best.reading(encoding)


def head_of(path, encoding):
    """The first lines as text, cut at a line's end; None for a file that is not text."""
    with open(path, "rb") as file:
        data = file.read(HEAD)
        cut = len(data) == HEAD
    if encoding != "utf-16" and b"\0" in data:
        return None
    text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="ignore")
    return text[: text.rfind("\n") + 1] if cut and "\n" in text else text


class _Candidate:
    """The head of a file, taken apart with one separator."""

    def __init__(self, text, sep, quoting=0, escapechar=None, spaces=False, leading=0):
        self.sep, self.quoting, self.escapechar, self.spaces = sep, quoting, escapechar, spaces
        rows = list(_records(text, sep, quoting, escapechar, spaces))
        rows = [row for row in rows if row and row != [""]]
        counts = Counter(len(row) for row in rows[1:] or rows)
        self.width = max(counts, key=lambda width: (counts[width], width), default=0)
        start = next((at for at, row in enumerate(rows) if len(row) in (self.width, self.width - 1)), 0)
        # Lines above the table: titles, comments. More than a few are another kind of file.
        self.above = start if start <= 10 else 0
        self.whole = rows
        rows = rows[self.above :]
        self.rows = rows
        body = rows[1:] or rows
        self.fit = sum(len(row) == self.width for row in body) / max(1, len(body))
        self.surplus = ""
        self.headed = len(rows[0]) == self.width if rows else False
        if rows and len(body) > 0 and len(rows[0]) == self.width - 1 and self.width > 2 - (sep == BLANKS):
            self.surplus = "trailing" if all(row[-1] == "" for row in body if len(row) == self.width) else "index"
            self.headed = True
        self.leading = leading
        self.joined = False

    @property
    def rank(self):
        plain = self.sep in SEPARATORS
        return (
            self.width > 1 and self.fit >= EVEN and self.headed and not self.joined,
            self.width > 1 and plain,
            self.above == 0,
            round(self.fit, 2),
            self.headed,
            self.surplus == "",
            self.quoting == 0 and self.escapechar is None and not self.spaces,
            self.width,
        )

    def reading(self, encoding):
        header = has_header(self.rows)
        surplus = self.surplus if header else ""
        skipped = self.leading + self.above
        return Reading(
            encoding=encoding,
            sep=self.sep,
            quoting=self.quoting,
            escapechar=self.escapechar,
            skipinitialspace=self.spaces,
            skiprows=skipped,
            header=header,
            surplus=surplus,
            index=header and surplus == "" and self.rows[0][0].strip() == "",
        )


def _candidates(text):
    named = SEP_LINE.match(text.split("\n", 1)[0])
    leading = 0
    separators = (*SEPARATORS, BLANKS)
    if named is not None:
        text, leading, separators = text.split("\n", 1)[1], 1, (named.group(1),)
    commented = re.match(r"(?:#[^\n]*\n)+", text)
    if commented is not None:
        lines = commented.group(0).count("\n")
        rest = text[commented.end() :]
        # A header may begin with # as well: then what follows has as many fields.
        last = commented.group(0).split("\n")[lines - 1]
        if not any(_same_width(last, rest, sep) for sep in separators):
            text, leading = rest, leading + lines
    for sep in separators:
        yield from _of_separator(text, sep, leading)


def _of_separator(text, sep, leading):
    first = _Candidate(text, sep, leading=leading)
    # Spaces behind separators belong to names and quotes only where the file is not read with them taken away.
    spaced = sep in SEPARATORS and sep != "\t" and first.width > 1 and any(map(_is_spaced, (first.whole, first.rows)))
    if spaced:
        first = _Candidate(text, sep, spaces=True, leading=leading)
    others = []
    if sep != BLANKS and '\\"' in text:
        others.append(_Candidate(text, sep, escapechar="\\", spaces=spaced, leading=leading))
    if sep != BLANKS and '"' in text:
        plain = _Candidate(text, sep, quoting=csv.QUOTE_NONE, spaces=spaced, leading=leading)
        # Quotes that open and do not close join lines; where each line is a row by itself as well, they are none.
        same = plain.width == first.width > 1 and plain.above == first.above
        first.joined = same and len(plain.rows) > len(first.rows) and plain.fit == 1 and plain.surplus == ""
        if first.joined or first.fit < EVEN:
            others.append(plain)
    yield first
    yield from others


def _is_spaced(rows):
    """Whether all names but the first begin with a space, and most fields: a separator inside quotes behind a space splits a field in two."""
    names, later = rows[0][1:], [cell for row in rows[1:200] for cell in row[1:]]
    spaced = sum(cell.startswith(" ") or cell == "" for cell in later)
    return len(names) > 0 and all(name.startswith(" ") for name in names) and spaced >= 0.6 * len(later)


def _same_width(line, rest, sep):
    following = rest.split("\n", 1)[0]
    widths = [len(next(_records(one, sep, 0, None, False), [])) for one in (line, following)]
    return widths[0] == widths[1] > 1


def _records(text, sep, quoting, escapechar, spaces):
    if sep == BLANKS:
        for line in text.splitlines():
            yield [quoted or bare for quoted, bare in re.findall(r'"((?:[^"]|"")*)"(?=\s|$)|(\S+)', line)]
        return
    csv.field_size_limit(1 << 30)
    try:
        yield from csv.reader(
            io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""),
            delimiter=sep,
            quoting=quoting,
            escapechar=escapechar,
            doublequote=escapechar is None,
            skipinitialspace=spaces,
        )
    except csv.Error:
        return


def is_number(cell):
    return NUMBER.match(cell.strip().replace(",", ".", 1)) is not None


def has_header(rows):
    """Whether the first row names the columns: where all cells above numbers are numbers too, it does not, unless they count up."""
    if len(rows) < 2:
        return True
    first, body = rows[0], rows[1:200]
    numeric = [
        at
        for at in range(len(first))
        if (cells := [row[at] for row in body if at < len(row) and row[at].strip() not in GAPS])
        and sum(map(is_number, cells)) > 0.9 * len(cells)
    ]
    # A gap is no name, except for the first column's.
    above = [first[at].strip() for at in numeric if first[at].strip() not in GAPS]
    if not above or not all(map(is_number, above)):
        return True
    if (len(above) > 1 or first[0].strip() == "") and all(name.isdigit() for name in above):
        counted = [int(name) for name in above]
        return all(b - a == 1 for a, b in zip(counted, counted[1:]))
    return False


def _single_column(text, encoding, ending):
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or max(map(len, lines)) > 200:
        return None
    # In other files a name above numbers is a table, and lines of words are a text.
    if ending not in (".csv", ".tsv", ".data") and (len(lines) < 3 or not all(map(is_number, lines[1:]))):
        return None
    return Reading(encoding=encoding, header=has_header([[line] for line in lines]))
