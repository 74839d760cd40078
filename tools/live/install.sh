#!/usr/bin/env bash
# Installs the real model servers and their models; see README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
# The one kind is compiled while the other is downloaded.
node --conditions=@aide-ts/source tools/live/install-models.ts ollama &
ollama=$!
trap 'kill $ollama 2>/dev/null || true' EXIT
node --conditions=@aide-ts/source tools/live/install-models.ts huggingface
wait $ollama
trap - EXIT
sh packages/strategy-tree/test/treequest/install.sh
bash tools/live/install-slurm.sh
