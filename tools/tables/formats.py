"""Writes a frame as people and programs write tables."""

import pandas as pd

# Workbooks are slow to write and to read.
EXCEL_ROWS = 800


def head(frame):
    return frame.head(EXCEL_ROWS)


def thinned(frame):
    """Every so manyth row of a long table."""
    return frame.iloc[:: 1 + len(frame) // EXCEL_ROWS].reset_index(drop=True)


def comma_separated(frame, path, **more):
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, **more)


def tab_separated_packed(frame, path):
    comma_separated(frame, path, sep="\t", compression={"method": "gzip", "mtime": 0})


def western_european(frame, path, dates):
    """As a spreadsheet in Germany exports: semicolons, decimal commas, days before months, cp1252."""
    shown = frame.assign(**{name: pd.to_datetime(frame[name]).dt.strftime("%d.%m.%Y") for name in dates})
    comma_separated(shown, path, sep=";", decimal=",", encoding="cp1252", errors="replace", lineterminator="\r\n")


def without_header(frame, path):
    comma_separated(frame, path, header=False, na_rep="?")


def json_lines(frame, path):
    frame.to_json(path, orient="records", lines=True, force_ascii=False, double_precision=15)


def workbook(frame, path):
    frame.to_excel(path, index=False)


def with_exact_numbers(frame):
    """Numbers of more digits than a workbook keeps as text."""
    wide = [name for name in frame.select_dtypes("integer") if frame[name].abs().max() > 2**53]
    return frame.astype({name: str for name in wide})


def parquet(frame, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, index=False)


def typed(frame, types):
    """With days as dates and yes and no as truth values, for formats that know these."""
    changed = {}
    for name, kind in types.items():
        if name not in frame.columns:
            continue
        if kind == "date":
            changed[name] = pd.to_datetime(frame[name], utc=True).dt.tz_localize(None)
        elif kind == "boolean" and frame[name].notna().all():
            changed[name] = frame[name].str.lower().eq("yes")
    return frame.assign(**changed)
