export { AideError, isStop, Stop, type ErrorDetails, type Fault } from "./errors.ts";
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
export type { Environment, Exception, Execution, Executor, Fate, Frame, Script } from "./execution.ts";
export type {
  Backend,
  BackendCall,
  CallProgress,
  Capabilities,
  Capability,
  Finish,
  GenerateRequest,
  Generation,
  Message,
  Role,
  Usage,
} from "./generation.ts";
export type { Json, Open } from "./json.ts";
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
  type Plugin,
  type Range,
  type Shape,
  type SubmissionFormat,
} from "./plugin.ts";
export type { Ask, JournalView, Outcome, Search } from "./search.ts";
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
