export { AideError, isStop, messageOf, Stop, type ErrorDetails, type Fault } from "./errors.ts";
export { orAborted } from "./or-aborted.ts";
export {
  isBetter,
  type Candidate,
  type Cause,
  type Evaluation,
  type Evaluator,
  type Score,
  type Solution,
  type SolutionId,
  type Task,
} from "./evaluation.ts";
export {
  submissionIn,
  type Environment,
  type Exception,
  type Execution,
  type Executor,
  type Fate,
  type Frame,
  type Program,
  type RunningProgram,
  type Script,
} from "./execution.ts";
export type {
  Backend,
  BackendCall,
  CallProgress,
  Capabilities,
  Capability,
  Finish,
  GenerateRequest,
  Generation,
  Json,
  Message,
  Open,
  Role,
  Usage,
} from "./generation.ts";
export {
  API,
  definePlugin,
  type AnyPlugin,
  type BuiltWith,
  type Checked,
  type EvaluatorHost,
  type ExecutorHost,
  type HeldOut,
  type Host,
  type HostOf,
  type Hosts,
  type Issue,
  type Kind,
  type Kinds,
  type Need,
  type OptionsSchema,
  type OwnScore,
  type Plugin,
  type PrepareHost,
  type PrepareProgress,
  type Range,
  type Shape,
  type SubmissionFormat,
} from "./plugin.ts";
export type { Launch, LaunchedRun, Launcher, LauncherHost } from "./launcher.ts";
export type { Ask, JournalView, Outcome, Search } from "./search.ts";
export type { SuiteTask, TaskSuite, TaskSuiteHost } from "./task-suite.ts";
export { thoughtMarks, type ThoughtMark } from "./thought-marks.ts";
export {
  succeeded,
  type Call,
  type Guidance,
  type Lab,
  type Proposal,
  type Random,
  type Remaining,
  type Settled,
  type Solve,
  type Strategy,
  type Work,
  type Wrap,
} from "./work.ts";
