"""What the tables of a folder hold, in facts that can be sent."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from . import numbers
from .columns import profile
from .keys import chunks_of
from .moments import is_day_first, is_moment_name, moments
from .problem import Problem
from .reading import DEFAULT_NA
from .tables import HEAD_ROWS, open_table


def describe(root, path, brief=False):
    """Facts of a file's table and the table itself, or (None, None) where the file holds none. `brief`: without those that take more than a look at the head."""
    table = open_table(root, path)
    if table is None:
        return None, None
    try:
        if table.reading is not None:
            table, styles, tokens = _settle_reading(table)
        else:
            styles, tokens = _styles(table.head(), table.head()), _tokens_in_workbook(table)
    except Problem as problem:
        problem.facts = {"file": path, **problem.facts}
        raise
    head = table.head()
    records = table.records if table.reading is not None else None
    if records is not None:
        _check_widths(table, head, records)
    rows = len(head) if len(head) < HEAD_ROWS else (len(records) if records is not None else len(table.frame(table.names()[:1])))
    facts = {
        "path": path,
        "bytes": table.file.stat().st_size,
        "format": table.format,
        "call": table.call,
        "args": table.args,
        "rows": rows,
        "headerless": table.reading is not None and not table.reading.header,
        "columns": [
            _column(name, head[name], at, styles.get(name), tokens.get(name), None if brief or len(head) == rows else table)
            for at, name in enumerate(head.columns)
        ],
    }
    return facts, table


def describe_parts(parts):
    """Facts of the columns of a table that lies in parts. `parts`: facts and table of each; the names of the first one's columns count."""
    heads = pd.concat([table.head() for _, table in parts], ignore_index=True)
    return [_joined([column for facts, _ in parts for column in facts["columns"] if column["name"] == first["name"]], heads[first["name"]]) for first in parts[0][0]["columns"]]


def _joined(parts, column):
    """`parts`: facts of one column in each part."""
    facts = profile(parts[0]["name"], column, parts[0]["position"])
    tokens = Counter()
    for part in parts:
        tokens.update(part.get("tokens", {}))
    if tokens:
        facts["tokens"] = dict(tokens.most_common())
    for name, wanted in (("range", ("integer", "number")), ("dates", ("date",))):
        ends = [end for part in parts for end in part.get(name, [])]
        if ends and facts["type"] in wanted:
            facts[name] = [min(ends), max(ends)]
    if facts["type"] == "date":
        facts["dayFirst"] = is_day_first(column)
    style = next((part["style"] for part in parts if "style" in part), None)
    return facts if style is None else {**facts, "style": style}


def _check_widths(table, head, records):
    """Refuses a row with fewer or more fields than the others: pandas fills up the one with gaps, and stops at the other."""
    wanted = len(head.columns) + (table.reading.surplus == "trailing")
    odd = records.odd_row(wanted)
    if odd is not None:
        row, found = odd
        raise Problem("row-width", line=records.line_of(row, table), column=min(found, wanted) + 1, expected=wanted, found=found)


def _column(name, column, position, style, tokens, longer):
    """`longer`: the table, where the column goes on behind what was read."""
    facts = profile(name, column, position, style)
    if tokens:
        facts["tokens"] = tokens
    if facts["type"] == "date":
        facts["dayFirst"] = is_day_first(column)
        chunks = [column] if longer is None else (chunk[name] for chunk in chunks_of(longer, [name]))
        ends = [end for chunk in chunks for end in _first_and_last(chunk)]
        if ends:
            facts["dates"] = [min(ends).isoformat(), max(ends).isoformat()]
    elif "range" in facts and longer is not None and is_moment_name(name):
        # Tables are often in the order of time.
        ends = [end for chunk in chunks_of(longer, [name]) for end in _first_and_last(chunk[name])]
        facts["range"] = [float(min(ends)), float(max(ends))]
    return facts


def _first_and_last(column):
    dates = moments(pd.Series(column.dropna().unique())).dropna()
    return (dates.min(), dates.max()) if len(dates) > 0 else ()


def _settle_reading(table):
    """Arguments that follow from the cells: marks of decimals and thousands, marks for a missing value, ids with leading zeros."""
    raw = table.reading.frame(table.file, nrows=HEAD_ROWS, dtype=str, keep_default_na=False, na_values=[])
    typed = table.head()
    cells = {name: raw[name].value_counts(sort=False) for name in raw.columns}
    styles = _styles(raw, typed)
    reading = table.reading
    plain = [style for style in styles.values() if style.unit is None]
    if any(style.decimal == "," for style in plain):
        reading = reading.with_(decimal=",")
        if any(style.thousands == "." for style in plain) or _grouped(raw, typed):
            reading = reading.with_(thousands=".")
    elif any(style.thousands == "," for style in plain):
        reading = reading.with_(thousands=",")
    missing = {token for style in styles.values() for token in style.missing if token not in DEFAULT_NA}
    if missing:
        reading = reading.with_(missing=tuple(sorted(missing)))
    zeros = tuple(name for name, counts in cells.items() if _has_leading_zeros(counts))
    if zeros:
        reading = reading.with_(texts=zeros)
    tokens = {name: _tokens(counts) for name, counts in cells.items()}
    styles = {name: style for name, style in styles.items() if style.unit is not None}
    return replace(table, reading=reading), styles, tokens


def _styles(raw, typed):
    """Column → style, of columns that are text to pandas and numbers to a person."""
    found = {}
    for name in typed.columns:
        if typed[name].dtype != object:
            continue
        cells = [cell for cell in map(str, raw[name][typed[name].notna()].unique()[:5000]) if cell.strip() not in DEFAULT_NA]
        style = numbers.style_of(cells) if cells else None
        if style is not None and not style.is_plain:
            found[name] = style
    return found


def _grouped(raw, typed):
    return any(
        pd.api.types.is_float_dtype(typed[name]) and numbers.looks_grouped(raw[name][typed[name].notna()].unique()[:5000])
        for name in typed.columns
    )


def _has_leading_zeros(counts):
    """Codes of one length that begin with a zero, as 000150: pandas would read 150."""
    cells = [cell for cell in counts.index if cell not in DEFAULT_NA]
    return (
        len(cells) > 1
        and len(set(map(len, cells))) == 1
        and all(cell.isdigit() for cell in cells)
        and len(cells[0]) > 1
        and any(cell[0] == "0" for cell in cells)
    )


def _tokens_in_workbook(table):
    """Tokens of the columns of a workbook that are text and have gaps."""
    if table.format != "excel":
        return {}
    head = table.head()
    names = [name for name in head.columns if head[name].dtype == object and head[name].isna().any()]
    if not names:
        return {}
    raw = replace(table, kept=tuple(DEFAULT_NA)).head()
    return {name: _tokens(raw[name].fillna("").astype(str).value_counts(sort=False)) for name in names}


def _tokens(counts):
    """What pandas takes for missing, as it is written: token → rows, the most frequent first."""
    found = [(str(token), int(count)) for token, count in counts.items() if token in DEFAULT_NA]
    return dict(sorted(found, key=lambda one: -one[1]))

