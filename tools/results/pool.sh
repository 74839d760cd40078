#!/usr/bin/env bash
# One run of the embedded model whose search has no preference, half drafts and half steps on any solution so far, frozen into the pool that `npm run regret`
# replays. About an hour on 2 cores.
set -euo pipefail
cd "$(dirname "$0")/../.."
aide() { node_modules/.bin/aide "$@"; }

aide setup
[ -d "$(echo logs/pool/*-house-prices)" ] || aide data_dir=example_tasks/house_prices goal="Predict the sales price for each house" \
  eval="Use the RMSE metric between the logarithm of the predicted and observed values." search=random agent.steps=80 seed=0 refit=false \
  exp_name=house-prices log_dir=logs/pool workspace_dir=workspaces/pool || [ $? = 1 ]
mkdir -p docs/results/pools
aide pool freeze logs/pool/*-house-prices --out docs/results/pools/house-prices.json
