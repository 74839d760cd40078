#!/usr/bin/env bash
# Builds Ollama with Go, outside the checkout; prints the path of the binary as the last line.
# The marker is written last: a folder that lacks it, or holds another one, is made again.
set -euo pipefail
ollama=0.12.11
malgo=v0.11.24 # has miniaudio.h
live=${XDG_CACHE_HOME:-$HOME/.cache}/aide/live
home=$live/ollama
marker=$home/installed.txt

say() { echo "ollama: $*" >&2; }
missing() {
  printf '%s\n  fix  %s\n' "$1" "$2" >&2
  exit 1
}

# Without them ggml computes one number at a time. What a binary was built for is part of the marker: the folder may move to another machine.
instructions=
if [ "$(uname -m)" = x86_64 ] && ! for flag in avx2 bmi2 f16c fma; do grep -qw "$flag" /proc/cpuinfo || echo "$flag"; done | grep -q .; then
  instructions=-march=x86-64-v3
fi
wanted="ollama $ollama, malgo $malgo $instructions"

installed() { [ "$(cat "$marker" 2>/dev/null)" = "$wanted" ]; }

# Headers that the module of Ollama leaves out, as folders named vendor are left out of modules.
fetch_headers() {
  local from=$home/packages package
  mkdir -p "$home/include/miniaudio" "$from"
  GOFLAGS='' go mod download "github.com/gen2brain/malgo@$malgo" >&2
  install -m 644 "$(go env GOMODCACHE)/github.com/gen2brain/malgo@$malgo/miniaudio.h" "$home/include/miniaudio"
  if [ -f /usr/include/nlohmann/json_fwd.hpp ] && [ -f /usr/include/stb/stb_image.h ]; then return; fi
  local fix='install the packages nlohmann-json3-dev and libstb-dev'
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || missing "The headers nlohmann/json_fwd.hpp and stb/stb_image.h are not here." "$fix"
  download() { (cd "$from" && apt-get download -qq nlohmann-json3-dev libstb-dev) >&2; }
  # A fresh machine knows no packages yet.
  download 2>/dev/null || { apt-get update -qq >&2 && download; } || missing "apt-get cannot download nlohmann-json3-dev and libstb-dev." "$fix"
  for package in "$from"/*.deb; do dpkg-deb -x "$package" "$from"; done
  mv "$from"/usr/include/* "$home/include"
  rm -rf "$from"
}

if ! installed; then
  command -v go >/dev/null || missing "Ollama is built with Go, which is not here." "install Go 1.24 or newer (go.dev/dl)"
  command -v g++ >/dev/null || missing "Ollama is built with a C++ compiler, which is not here." "install g++ (on Debian: apt-get install g++)"
  mkdir -p "$live"
  exec 9>"$home.lock"
  if command -v flock >/dev/null; then flock 9; fi
fi
# Another process may have made it while this one waited.
if ! installed; then
  rm -rf "$home"
  mkdir -p "$home"
  say "headers"
  fetch_headers
  say "building $ollama, 2 to 5 minutes on 2 cores"
  export CGO_ENABLED=1 GOBIN=$home CGO_CFLAGS="-O2 $instructions -I$home/include" CGO_CXXFLAGS="-O2 $instructions -I$home/include"
  go install -trimpath -ldflags "-s -w -X github.com/ollama/ollama/version.Version=$ollama" "github.com/ollama/ollama@v$ollama" >&2
  "$home/ollama" --version >/dev/null 2>&1 || missing "The Ollama that was built does not start." "run $home/ollama --version to see why"
  echo "$wanted" >"$marker"
  say "ready"
fi
echo "$home/ollama"
