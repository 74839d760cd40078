"""What the properties hold the product against: written apart from it, with nothing but pandas and the standard library."""

import gzip
import io
import json
import sqlite3
import sys
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")


def cells(frame):
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in frame.astype(object).values.tolist()]


def read(path, args):
    args = {**args}
    if isinstance(args.get("dtype"), dict):
        args["dtype"] = {name: str for name in args["dtype"]}
    return pd.read_csv(path, **args)


def same_rows(source, kept, held, args, heldArgs, targets):
    """The user's rows are the ones that are left and the held ones together, cell by cell; "" or what differs."""
    whole, left, away = read(source, args), read(kept, args), read(held, heldArgs)
    if whole.index.dtype == object or args.get("index_col") == 0:
        whole, left, away = whole.reset_index(), left.reset_index(), away.reset_index()
    features = [name for name in whole.columns if str(name) not in targets]
    if list(left.columns) != list(whole.columns):
        return f"columns {list(left.columns)} of {list(whole.columns)}"
    if list(map(str, away.columns)) != list(map(str, features)):
        return f"columns of the held rows {list(away.columns)} of {features}"
    if len(left) + len(away) != len(whole):
        return f"{len(left)} and {len(away)} rows of {len(whole)}"
    everything, there = [norm(row) for row in cells(whole)], [norm(row) for row in cells(left)]
    rest = list(everything)
    for row in there:
        if row not in rest:
            return f"a row that is left is none of the user's: {row}"
        rest.remove(row)
    ours = sorted(norm(row) for row in cells(away))
    theirs = sorted([cell for name, cell in zip(whole.columns, row) if str(name) not in targets] for row in rest)
    return "" if ours == theirs else f"held rows differ: {ours[:2]} of {theirs[:2]}"


def norm(row):
    """A column of whole numbers without a gap is read as such, and with one as fractions."""
    return [cell.removesuffix(".0") for cell in row]


def found_in(folder, canaries):
    """Which of the canaries can be read in any file of a folder, and where."""
    wanted = {str(canary) for canary in canaries}
    numbers = {float(canary) for canary in wanted if is_number(canary)}
    hits = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            hits += [[str(path.relative_to(folder)), hit] for hit in look(path.name, path.read_bytes(), wanted, numbers)]
    return hits


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def look(name, data, wanted, numbers):
    hits = []
    for encoding in ("utf-8", "utf-16"):
        text = data.decode(encoding, errors="ignore")
        hits += [canary for canary in wanted if canary in text]
    for frame in frames(name, data):
        for column in frame.columns:
            if pd.api.types.is_numeric_dtype(frame[column]):
                hits += [str(value) for value in frame[column][frame[column].isin(list(numbers))]]
            else:
                hits += [str(value) for value in frame[column][frame[column].astype(str).isin(wanted)]]
    return hits


def frames(name, data):
    if data[:4] == b"PAR1":
        yield pd.read_parquet(io.BytesIO(data))
    elif data[:6] == b"\x93NUMPY":
        yield pd.DataFrame(np.load(io.BytesIO(data), allow_pickle=True).reshape(-1, 1))
    elif data[:15] == b"SQLite format 3":
        base = sqlite3.connect(":memory:")
        base.deserialize(data)
        for (table,) in base.execute("select name from sqlite_master where type='table'"):
            yield pd.read_sql_query(f'select * from "{table}"', base)
    elif data[:2] == b"\x1f\x8b":
        inner = gzip.decompress(data)
        yield pd.DataFrame({"text": inner.decode("utf-8", errors="ignore").replace("\n", ",").split(",")})
        yield from frames(name, inner)
    elif name.endswith(".xlsx"):
        for sheet in pd.read_excel(io.BytesIO(data), sheet_name=None).values():
            yield sheet
    elif data[:4] == b"PK\x03\x04":
        for entry in zipfile.ZipFile(io.BytesIO(data)).infolist():
            inner = zipfile.ZipFile(io.BytesIO(data)).read(entry)
            yield pd.DataFrame({"text": inner.decode("utf-8", errors="ignore").replace("\n", ",").split(",")})
            yield from frames(entry.filename, inner)


def write(path, kind, header, rows):
    """Writes a table as a file of some kind, for folders that hold labels twice."""
    frame = pd.DataFrame(rows, columns=header)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = frame.to_csv(index=False)
    match kind:
        case "csv" | "txt" | "bak":
            path.write_text(text)
        case "tsv":
            path.write_text(frame.to_csv(index=False, sep="\t"))
        case "json":
            frame.to_json(path, orient="records")
        case "jsonl":
            frame.to_json(path, orient="records", lines=True)
        case "map":
            path.write_text(json.dumps(dict(zip(map(str, frame[header[0]]), frame[header[-1]].tolist()))))
        case "parquet":
            frame.to_parquet(path)
        case "xlsx":
            frame.to_excel(path, index=False)
        case "sqlite":
            path.unlink(missing_ok=True)
            base = sqlite3.connect(path)
            frame.to_sql("t", base, index=False)
            base.close()
        case "gz":
            path.write_bytes(gzip.compress(text.encode()))
        case "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("inner/table.csv", text)
        case "pkl":
            frame.to_pickle(path)
        case "npy":
            np.save(path, frame[header[-1]].to_numpy())
        case "md":
            path.write_text(f"# Notes\n\n{text}\n")
    return ""


def main():
    known = {"same_rows": same_rows, "found_in": found_in, "write": write}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": known[request["ask"]](**request["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
