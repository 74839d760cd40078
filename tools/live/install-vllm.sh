#!/usr/bin/env bash
# Installs vLLM for the CPU, with `transformers serve` beside it, outside the checkout; prints the path of its Python as the last line.
# The marker is written last: a folder that lacks it, or holds another one, is made again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/python.sh"
requirements=$here/vllm-requirements.txt
live=${XDG_CACHE_HOME:-$HOME/.cache}/aide/live
home=$live/vllm
marker=$home/installed-requirements.txt

say() { echo "vllm: $*" >&2; }

if ! cmp -s "$requirements" "$marker"; then
  if [ "$(uname -sm)" != "Linux x86_64" ]; then
    printf 'vLLM for the CPU comes for Linux on x86-64 only.\n  fix  run this on such a machine\n' >&2
    exit 1
  fi
  python=$(python_with_venv 11 13)
  mkdir -p "$live"
  exec 9>"$home.lock"
  command -v flock >/dev/null && flock 9
fi
# Another process may have made it while this one waited.
if ! cmp -s "$requirements" "$marker"; then
  rm -rf "$home"
  say "a virtual environment of $("$python" --version) in $home"
  "$python" -m venv "$home"
  say "$(grep -c '==' "$requirements") packages, 2.4 GB to download, 5.1 GB on disk, 1 to 3 minutes"
  # Two at a time: one unpacks while the other downloads.
  pip=("$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --no-cache-dir --prefer-binary)
  "${pip[@]}" -r <(grep '^nvidia' "$requirements") &
  nvidia=$!
  trap 'kill $nvidia 2>/dev/null || true' EXIT
  "${pip[@]}" -r <(grep -v '^nvidia' "$requirements") >&2
  wait $nvidia
  trap - EXIT
  say "compiling what a server imports"
  # Byte code that is not kept would cost every server half a minute at its start; all of it would take far longer than what is imported.
  env -u PYTHONDONTWRITEBYTECODE "$home/bin/python" -W ignore -c 'import vllm.entrypoints.openai.api_server, vllm.v1.worker.cpu_worker' >&2
  env -u PYTHONDONTWRITEBYTECODE "$home/bin/python" -W ignore -c 'import transformers.cli.serve' >&2
  cp "$requirements" "$marker"
  say "ready"
fi
echo "$home/bin/python"
