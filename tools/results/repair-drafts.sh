#!/usr/bin/env bash
# Drafts of the embedded model on three tasks, written without what keeps it from failing: with the skeleton and without, imports not repaired. The first that
# fail become the cases of packages/repair-bench.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/results/examples.sh

# drafts NAME STEPS KEY=VALUE …
drafts() {
  local name=$1 steps=$2
  shift 2
  for skeleton in true false; do
    [ -d "$(echo logs/repair-drafts/*-"$name-$skeleton")" ] && continue
    aide "$@" search=repeated-sampling strategies=[] coder.skeleton=$skeleton agent.steps="$steps" seed=0 refit=false \
      exp_name="$name-$skeleton" log_dir=logs/repair-drafts workspace_dir=workspaces/repair-drafts || [ $? = 1 ]
  done
}

drafts house-prices 8 "${houses[@]}"
drafts attrition 8 "${attrition[@]}"
drafts hitters 8 "${hitters[@]}"
node --conditions=@aide-ts/source tools/results/freeze-drafts.ts logs/repair-drafts packages/repair-bench/cases
