import { backendDefences } from "./defences/backend.ts";
import { coreDefences } from "./defences/core.ts";
import { dataDefences } from "./defences/data.ts";
import { engineDefences } from "./defences/engine.ts";
import { executorDefences } from "./defences/executor.ts";
import { patchDefences } from "./defences/patch.ts";
import { reflectionDefences } from "./defences/reflection.ts";
import { samplingDefences } from "./defences/sampling.ts";
import { scoringDefences } from "./defences/scoring.ts";
import { searchDefences } from "./defences/search.ts";
import { taskDefences } from "./defences/tasks.ts";
import type { Defence } from "./defence.ts";

export const defences: readonly Defence[] = [
  ...engineDefences,
  ...coreDefences,
  ...dataDefences,
  ...scoringDefences,
  ...executorDefences,
  ...backendDefences,
  ...patchDefences,
  ...reflectionDefences,
  ...searchDefences,
  ...taskDefences,
  ...samplingDefences,
];
