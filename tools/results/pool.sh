#!/usr/bin/env bash
# On each example, one run of the embedded model whose search has no preference, half drafts and half steps on any solution so far, frozen into the pool that
# `npm run regret` replays. About an hour each on 2 cores; arguments go to every run (`pool.sh backend.gpu=cuda`).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/results/examples.sh

# freeze NAME KEY=VALUE …
freeze() {
  local name=$1
  shift
  [ -d "$(echo logs/pool/*-"$name")" ] || aide "$@" search=random agent.steps=80 seed=0 refit=false exec.timeout=120 \
    exp_name="$name" log_dir=logs/pool workspace_dir=workspaces/pool || [ $? = 1 ]
  aide pool freeze logs/pool/*-"$name" --out "docs/results/pools/$name.json"
}

aide setup
mkdir -p docs/results/pools
freeze house-prices "${houses[@]}" "$@"
freeze hitters "${hitters[@]}" "$@"
freeze attrition "${attrition[@]}" "$@"
