#!/usr/bin/env bash
# Installs verdaccio, the registry that tests release to, outside the checkout: 65 MB that nothing else needs. Prints its program.
set -euo pipefail
version=6.10.4
cache=${XDG_CACHE_HOME:-$HOME/.cache}/aide/registry
folder=$cache/verdaccio-$version
if ! [ -e "$folder" ]; then
  mkdir -p "$cache"
  draft=$(mktemp -d "$cache/draft-XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  # Its audit asks for node-fetch by a tag, which not all registries keep.
  printf '{ "private": true, "overrides": { "node-fetch": "^2.7.0" } }' >"$draft/package.json"
  npm install --prefix "$draft" --silent --no-audit --no-fund --ignore-scripts "verdaccio@$version" >&2
  mv "$draft" "$folder"
  trap - EXIT
fi
printf '%s\n' "$folder/node_modules/verdaccio/bin/verdaccio"
