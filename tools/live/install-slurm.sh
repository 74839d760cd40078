#!/usr/bin/env bash
# Unpacks Slurm and munge of this machine's Debian, outside the checkout and the system; prints the folder of their programs as the last line.
# The marker is written last: a folder that lacks it, or holds another one, is made again.
set -euo pipefail
live=${XDG_CACHE_HOME:-$HOME/.cache}/aide/live
home=$live/slurm
marker=$home/installed.txt
packages=(slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge libmunge2 libhwloc15 libnuma1)
wanted="${packages[*]}, 1"

missing() {
  printf '%s\n  fix  %s\n' "$1" "$2" >&2
  exit 1
}

installed() { [ "$(cat "$marker" 2>/dev/null)" = "$wanted" ]; }

if ! installed; then
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || missing "Slurm comes from Debian's packages, and apt-get is not here." "use Debian 12, Ubuntu 22.04, or newer"
  mkdir -p "$live"
  exec 9>"$home.lock"
  if command -v flock >/dev/null; then flock 9; fi
fi
# Another process may have made it while this one waited.
if ! installed; then
  rm -rf "$home"
  mkdir -p "$home/packages" "$home/bin"
  download() { (cd "$home/packages" && apt-get download -qq "${packages[@]}") >&2; }
  # A fresh machine knows no packages yet.
  download 2>/dev/null || { apt-get update -qq >&2 && download; } || missing "apt-get cannot download ${packages[*]}." "see whether apt-get update works"
  for package in "$home"/packages/*.deb; do dpkg-deb -x "$package" "$home/root"; done
  rm -rf "$home/packages"
  libraries=$(dirname "$home"/root/usr/lib/*/slurm-wlm)
  for program in "$home"/root/usr/bin/* "$home"/root/usr/sbin/*; do
    # Debian has several builds of Slurm: `slurmd-wlm`.
    name=$(basename "$program")
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s:%s exec %s "$@"\n' "$libraries/slurm-wlm" "$libraries" "$program" >"$home/bin/${name%-wlm}"
  done
  ln -s "$libraries/slurm-wlm" "$home/plugins"
  chmod +x "$home"/bin/*
  "$home/bin/slurmctld" -V >/dev/null || missing "The Slurm that was unpacked does not start." "run $home/bin/slurmctld -V to see why"
  echo "$wanted" >"$marker"
fi
echo "$home/bin"
