import type { Candidate, Solution, SolutionId, Task } from "./evaluation.ts";
import type { Execution, Script } from "./execution.ts";
import type { GenerateRequest, Generation, Json, Message, Open, Role } from "./generation.ts";
import type { JournalView } from "./search.ts";

/** A text that a strategy adds to the coder's prompt on the way in: a plan, the code so far. */
export interface Guidance {
  readonly from: string;
  readonly title: string;
  readonly text: string;
}

/** Plain data: goes into the log as it is. */
export interface Proposal {
  readonly operator: Open<"draft" | "improve" | "debug" | "crossover" | "segment">;
  readonly parents: readonly SolutionId[];
  /** Solutions the prompt may cite. The search chooses them. */
  readonly memory: readonly SolutionId[];
  readonly role?: Role;
  readonly guidance: readonly Guidance[];
}

/** Uniform in [0, 1), seeded by run, proposal and branch. */
export type Random = () => number;

export interface Call {
  readonly role?: Role;
  /** What the call is for: `code`, `critique`, `plan`. Usage is reported by phase. */
  readonly phase: string;
}

export type Settled<T> =
  | { readonly ok: true; readonly index: number; readonly value: T }
  | { readonly ok: false; readonly index: number; readonly error: unknown };

/** What came of branches, in their order. Where nothing did, the first failure is thrown: a stop, or a server that gave up. */
export const succeeded = <T>(branches: readonly Settled<T>[]): readonly T[] => {
  const made = branches.flatMap((branch) => (branch.ok ? [branch.value] : []));
  const failed = branches.find((branch) => !branch.ok);
  if (made.length === 0 && failed !== undefined && !failed.ok) throw failed.error;
  return made;
};

/** Every method is an effect: numbered within its branch, logged, answered from the log on resume and replay. */
export interface Lab {
  readonly task: Task;
  readonly random: Random;
  readonly signal: AbortSignal;
  generate(request: GenerateRequest, call: Call): Promise<Generation>;
  /** A diagnostic run: no node, no score (tests, distinguishing inputs, delta debugging). */
  execute(script: Script): Promise<Execution>;
  read(execution: Execution, path: string): Promise<Uint8Array>;
  /** Shared prefix first, then the plugin's template, which a config may override. */
  prompt(template: string, slots: Readonly<Record<string, string>>): readonly Message[];
}

/** `inner` is a branch opened for this one call, without the wrap: several calls in it stay in order under concurrency. */
export interface Wrap {
  generate?(request: GenerateRequest, call: Call, inner: Work): Promise<Generation>;
  evaluate?(candidate: Candidate, inner: Work): Promise<Solution>;
}

/** What is left of each limit; absent where there is none. */
export interface Remaining {
  readonly tokens?: number;
  readonly executions?: number;
  /** Of all scripts together. */
  readonly executorSeconds?: number;
  /** Of the run. */
  readonly seconds?: number;
}

/** All that a strategy may touch. */
export interface Work extends Lab {
  readonly proposal: number;
  /** As in `Lab`, on the data that all scripts see: other views may hold what no prompt may show. */
  execute(script: Omit<Script, "data">): Promise<Execution>;
  /** Frozen when the proposal was asked for. */
  readonly journal: JournalView;
  /** A node of its own in every branch; execution and evaluation are shared per code over the run. Allowed after tokens ran out. */
  evaluate(candidate: Candidate): Promise<Solution>;
  /**
   * `n` branches, each with its own call numbers, seeds and random numbers; the only legal concurrency around `next`. Never rejects.
   */
  fanOut<T>(n: number, branch: (work: Work, index: number) => Promise<T>): Promise<readonly Settled<T>[]>;
  /** A work whose calls pass through `wrap`; survives `fanOut`. Never spread a work. */
  with(wrap: Wrap): Work;
  /** Data for the outcome and the report; it is not shown to a model. */
  note(data: Json): void;
  /** What is left of the budget. Also a sign of life: a strategy with nothing under way for half an hour is given up. */
  remaining(): Promise<Remaining>;
}

export type Solve = (proposal: Proposal, work: Work) => Promise<Candidate>;

/** A strategy is a function that wraps the next one. */
export type Strategy = (next: Solve) => Solve;
