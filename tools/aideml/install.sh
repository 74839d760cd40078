#!/usr/bin/env bash
# Installs AIDE itself, in the version this project follows, outside the checkout; prints the path of its Python as the last line.
# The copy of requirements.txt in the folder is written last, so a folder that lacks it, or holds another one, is made anew.
set -euo pipefail
requirements=$(cd "$(dirname "$0")" && pwd)/requirements.txt
cache=${XDG_CACHE_HOME:-$HOME/.cache}/aide
home=$cache/aideml-0.2.2
marker=$home/requirements.txt

# A name on the PATH may be a shim for a Python that is not there, or one without venv.
base() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3.10 python3 "$cache"/python/*/bin/python; do
    "$candidate" -c 'import ensurepip, sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
    echo "$candidate"
    return
  done
  printf 'AIDE needs Python 3.10 to 3.13 with its module venv.\n  fix  install one, or run: npx aide setup\n' >&2
  return 1
}

if ! cmp -s "$requirements" "$marker"; then
  python=$(base)
  mkdir -p "$cache"
  "$python" -m venv --clear "$home"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements" >&2
  "$home/bin/python" -c 'import aide.run' >&2
  cp "$requirements" "$marker"
fi
echo "$home/bin/python"
