# Sourced: python_with_venv MIN MAX prints the first Python of those minor versions (3.MIN to 3.MAX) that can make virtual environments.
# A name on the PATH may be a shim for a Python that is not there, or one without venv.
python_with_venv() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/aide candidate
  for candidate in python3.13 python3.12 python3.11 python3.10 python3 "$cache"/python/*/bin/python; do
    "$candidate" -c "import ensurepip, sys, venv; sys.exit(not (3, $1) <= sys.version_info[:2] <= (3, $2))" 2>/dev/null || continue
    echo "$candidate"
    return
  done
  printf 'This needs Python 3.%s to 3.%s with its module venv.\n  fix  install one (on Debian: apt-get install python3-venv), or run: npx aide setup\n' "$1" "$2" >&2
  return 1
}
