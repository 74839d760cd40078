#!/usr/bin/env bash
# The embedded model on three tasks, five seeds each, 12 steps, and what each part adds on one of them: what docs/results/house-prices.md reports.
# About two hours on 2 cores; what docs/results already holds is left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/results/examples.sh

aide setup

# run NAME SEEDS KEY=VALUE …: keeps what a reader needs to check a figure.
run() {
  local name=$1 seeds=$2 seed kept log
  shift 2
  for seed in $seeds; do
    kept=docs/results/house-prices/$name/seed-$seed
    [ -d "$kept" ] && continue
    aide "$@" agent.steps=12 seed=$seed exp_name="$name-$seed" log_dir=logs/results workspace_dir=workspaces/results || [ $? = 1 ]
    log=$(ls -d logs/results/*-"$name-$seed")
    mkdir -p "$kept"
    cp "$log"/{run.json,events.jsonl,journal.json,report.md} "$kept"
    cp "$log"/best_solution.py "$kept" 2>/dev/null || true
  done
}

all="0 1 2 3 4"
run house-prices "$all" "${houses[@]}"
run attrition "$all" "${attrition[@]}"
run hitters "$all" "${hitters[@]}"

run without-skeleton "0 1" "${houses[@]}" coder.skeleton=false
run without-opening "0 1" "${houses[@]}" coder.opening=false
run without-static-repair "0 1" "${houses[@]}" strategies=[]
run without-directions "0 1" "${houses[@]}" coder.directions=false
npm run --silent results
