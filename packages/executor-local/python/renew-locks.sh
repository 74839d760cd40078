#!/bin/sh
# Resolves requirements.in anew for each supported Python. Needs uv on PATH. Afterwards run measure-locks.py for sizes.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/requirements.in" "$work/"
cd "$work"
for minor in 3.10 3.11 3.12 3.13; do
  cat > pyproject.toml <<TOML
[project]
name = "scripts"
version = "0"
requires-python = "==$minor.*"
[tool.uv]
environments = [
  "python_version == '$minor' and sys_platform == 'linux'",
  "python_version == '$minor' and sys_platform == 'darwin'",
]
TOML
  uv pip compile --quiet --universal --generate-hashes --only-binary :all: --no-header --no-annotate \
    --python-version "$minor" requirements.in --output-file "$here/lock-$minor.txt"
done
