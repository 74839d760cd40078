#!/usr/bin/env bash
# On each example, one run of the embedded model whose search has no preference, half drafts and half steps on any solution so far, frozen into the pool that
# `npm run regret` replays. About an hour each on 2 cores; arguments go to every run (`pool.sh backend.gpu=cuda`).
set -euo pipefail
cd "$(dirname "$0")/../.."
aide() { node_modules/.bin/aide "$@"; }

one() {
  local name=$1 data=$2 goal=$3 eval=$4
  shift 4
  [ -d "$(echo logs/pool/*-"$name")" ] || aide data_dir="example_tasks/$data" goal="$goal" eval="$eval" search=random agent.steps=80 seed=0 refit=false \
    exp_name="$name" log_dir=logs/pool workspace_dir=workspaces/pool "$@" || [ $? = 1 ]
  aide pool freeze logs/pool/*-"$name" --out "docs/results/pools/$name.json"
}

aide setup
mkdir -p docs/results/pools
one house-prices house_prices "Predict the sales price for each house" \
  "Use the RMSE metric between the logarithm of the predicted and observed values." "$@"
one hitters hitters "Predict the Salary of each baseball player" "Mean absolute error" "$@"
one attrition attrition "Predict Attrition: whether each employee leaves" "Area under the ROC curve" "$@"
