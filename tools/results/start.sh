#!/usr/bin/env bash
# What `npm start` reaches on rows that nothing saw, beside the same without its levers, and a control without a model: what docs/results/start.md reports.
# Five quarters of house-prices; about an hour on 2 cores. PYTHON: an interpreter with pandas, scikit-learn and LightGBM, as the scripts have.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/results/examples.sh
out=${1:-quarters}
"$PYTHON" tools/results/quarters.py split example_tasks/house_prices/train.csv "$out"

run() {
  local name=$1
  shift
  for quarter in 0 1 2 3 4; do
    aide run "$@" data_dir="$out/$quarter/data" seed="$quarter" log_dir="$out/$quarter/logs-$name" workspace_dir="$out/$quarter/work-$name"
    cp "$out/$quarter/logs-$name"/*/best_submission.csv "$out/$quarter/$name.csv"
  done
}

run start configs/start.yaml
run plain configs/house-prices.yaml
run control configs/start.yaml coder.form=defaults strategies=[] budget.steps=6
"$PYTHON" tools/results/quarters.py score "$out" start plain control
