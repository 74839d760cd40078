#!/usr/bin/env bash
# Installs AIDE itself, in the version this project follows, outside the checkout; prints the path of its Python as the last line.
# The copy of requirements.txt in the folder is written last, so a folder that lacks it, or holds another one, is made again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../live/python.sh"
requirements=$here/requirements.txt
cache=${XDG_CACHE_HOME:-$HOME/.cache}/aide
home=$cache/aideml-0.2.2
marker=$home/requirements.txt

if ! cmp -s "$requirements" "$marker"; then
  python=$(python_with_venv 10 13)
  mkdir -p "$cache"
  "$python" -m venv --clear "$home"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements" >&2
  "$home/bin/python" -c 'import aide.run' >&2
  cp "$requirements" "$marker"
fi
echo "$home/bin/python"
