"""Files that are not there, or whole."""

import gzip
import io
import json
import os


def write_table(table, path):
    """A data frame as compressed CSV; the same bytes each time."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(table.to_csv(index=False, lineterminator="\n").encode("utf-8"))
    write_whole(packed.getvalue(), path)


def write_json(value, path):
    write_whole(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"), path)


def write_whole(content, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    os.replace(draft, path)
