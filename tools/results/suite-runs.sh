#!/usr/bin/env bash
# The embedded model, eight steps, one seed, on each development task of tabular-small and its obfuscated copy, graded on the report labels:
# what docs/results/suite.md reports. About three hours on 2 cores; what docs/results already holds is left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/results/examples.sh

aide setup
aide tasks prepare tabular-small

for task in house-prices attrition hitters chile txhousing; do
  for name in "$task" "$task-twin"; do
    kept=docs/results/suite/$name
    [ -d "$kept" ] && continue
    aide run task="$name" agent.steps=8 seed=0 exp_name="suite-$name" log_dir=logs/results workspace_dir=workspaces/results || [ $? = 1 ]
    log=$(ls -d logs/results/*-"suite-$name")
    aide grade "$log"
    mkdir -p "$kept"
    cp "$log"/{run.json,events.jsonl,journal.json,report.md,grades.json} "$kept"
    cp "$log"/best_solution.py "$kept" 2>/dev/null || true
    # Where a machine keeps its tasks is nobody's concern.
    sed -i -E "s#(\.\./)*/?${HOME#/}/#~/#g" "$kept/run.json"
  done
done
