#!/usr/bin/env bash
# Installs the real model servers and their models; see README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
bash tools/live/install-ollama.sh
bash tools/live/install-vllm.sh
node --conditions=@aide-ts/source tools/live/install-models.ts
sh packages/strategy-tree/test/treequest/install.sh
