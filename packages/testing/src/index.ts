export { FakeExecutor, type FakeRun } from "./fake-executor.ts";
export { backendFailure, ScriptedBackend, type Reply, type ScriptedOptions } from "./scripted-backend.ts";
export { sketchRandomSearch, sketchSearches, sketchUct, sketchWaitingSearch } from "./sketch-searches.ts";
export {
  sketchChains,
  sketchCodeChain,
  sketchCoder,
  sketchForcing,
  sketchPlanThenCode,
  sketchReflection,
  sketchSelfConsistency,
  sketchSelfDebug,
} from "./sketch-strategies.ts";
