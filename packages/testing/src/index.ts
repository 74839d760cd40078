export { FakeExecutor, type FakeRun } from "./fake-executor.ts";
export { backendFailure, ScriptedBackend, type Reply, type ScriptedOptions } from "./scripted-backend.ts";
export { sketchRandomSearch, sketchSearches, sketchUct, sketchWaitingSearch } from "./sketches/searches.ts";
export {
  sketchChains,
  sketchCodeChain,
  sketchCoder,
  sketchForcing,
  sketchPlanThenCode,
  sketchReflection,
  sketchSelfConsistency,
  sketchSelfDebug,
} from "./sketches/strategies.ts";
export { cutLog, eventsIn, freshLog, linesOf, orderedLog } from "./stage/log-file.ts";
export { codeScoring, journalText, plausibleAnswer, play, type Played, type Staged } from "./stage/stage.ts";
export type { TestRunner } from "./conformance/runner.ts";
export { backendConformance, type BackendCase } from "./conformance/backend.ts";
export { closedBackendConformance } from "./conformance/closed-backend.ts";
export { evaluatorConformance, type EvaluatorCase, type Subject } from "./conformance/evaluator.ts";
export { executorConformance, type ExecutorCase } from "./conformance/executor.ts";
export { launcherConformance, type LauncherCase } from "./conformance/launcher.ts";
export { searchConformance, type SearchCase } from "./conformance/search.ts";
export { strategyConformance, type StrategyCase } from "./conformance/strategy.ts";
export { taskSuiteConformance, type TaskSuiteCase } from "./conformance/task-suite.ts";
export { startedServerConformance, type StartedServerCase } from "./faults/started-server.ts";
export { faultConformance, type FaultCase } from "./faults/conformance.ts";
export type { Becomes, FaultKind } from "./faults/fault-kind.ts";
export { faultKinds } from "./faults/conformance.ts";
export { answerPieces, answerWell } from "./faults/playing.ts";
export {
  startModelServer,
  type Behaviour,
  type Exchange,
  type FakeModelServer,
  type ModelServerOptions,
} from "./faults/model-server.ts";
export { ollamaProtocol, openAiProtocol, promptTokens, type Protocol } from "./faults/protocol.ts";
