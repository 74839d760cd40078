#!/bin/sh
# Installs treequest (Apache-2.0), which the tests compare ab-mcts with, into a Python environment of its own in the cache of aide.
set -eu
folder="${XDG_CACHE_HOME:-$HOME/.cache}/aide/live/treequest"
version=0.3.3
if [ -x "$folder/bin/python" ] && "$folder/bin/python" -c "
import importlib.metadata, sys
sys.exit(importlib.metadata.version('treequest') != '$version')" 2>/dev/null; then
  echo "treequest $version is in $folder"
  exit 0
fi
python3 -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check "treequest==$version"
echo "treequest $version is now in $folder"
