import {
  type Call,
  type Candidate,
  type Execution,
  type GenerateRequest,
  type Generation,
  type Json,
  type JournalView,
  type Lab,
  type Message,
  type Rivals,
  type Script,
  type Settled,
  type Solution,
  type Task,
  type Work,
  type Wrap,
} from "@aide-ts/plugin";
import { shortDigest } from "../hashing/digest.ts";
import type { Branch } from "./branch.ts";
import type { ProposalState } from "./proposal-state.ts";
import { execute, type EvaluationDeps, type Evaluations } from "./evaluate.ts";
import { withoutCode } from "./feedback.ts";
import { generate, type Generator } from "./generate.ts";
import { evaluationPlace } from "./place.ts";
import { dataViewRefused } from "../errors/engine.ts";

/** What all works of a run share. */
export interface RunContext extends Generator, Omit<EvaluationDeps, "evaluators" | "lab"> {
  readonly evaluations: Evaluations;
  readonly prompt: (template: string, slots: Readonly<Record<string, string>>) => readonly Message[];
  readonly elapsed: () => number;
}

/** The work of a strategy: its branch gives the place of its calls, its wraps what they pass through. */
export class BranchWork implements Work {
  readonly #context: RunContext;
  readonly #state: ProposalState;
  readonly #branch: Branch;
  readonly #wraps: readonly Wrap[];
  readonly #plugin: string;

  constructor(context: RunContext, state: ProposalState, branch: Branch, wraps: readonly Wrap[], plugin: string) {
    this.#context = context;
    this.#state = state;
    this.#branch = branch;
    this.#wraps = wraps;
    this.#plugin = plugin;
  }

  /** Whether a work is one of the engine's own: a copy, a proxy and a derived object have lost the place of their calls. */
  static is(work: Work): work is BranchWork {
    return #context in work;
  }

  get task(): Task {
    return this.#context.task;
  }

  get random(): Work["random"] {
    return this.#branch.random;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }

  get proposal(): number {
    return this.#branch.number;
  }

  get journal(): JournalView {
    return this.#state.journal;
  }

  /** The same work under the name of the strategy that is given it, for its notes. */
  named(plugin: string): BranchWork {
    return new BranchWork(this.#context, this.#state, this.#branch, this.#wraps, plugin);
  }

  /** Asks the strategy of a name. */
  asking<T>(plugin: string, solve: () => Promise<T>): Promise<T> {
    return this.#state.asking(plugin, solve);
  }

  async generate(request: GenerateRequest, call: Call): Promise<Generation> {
    const number = this.#branch.takeCall();
    const wrap = this.#outermost("generate");
    if (wrap?.generate !== undefined) {
      const { generate: wrapped } = wrap;
      return this.#inside(number, wrap, (inner) => wrapped.call(wrap, request, call, inner));
    }
    return this.#state.watch(() => generate(this.#context, this.#branch, this.#branch.placeOf(number), request, call));
  }

  async execute(script: Omit<Script, "data">): Promise<Execution> {
    if ("data" in script) throw dataViewRefused(this.#plugin);
    return this.#state.watch(() => execute(this.#context, this.#branch.placeOf(this.#branch.takeCall()), script));
  }

  async read(execution: Execution, path: string): Promise<Uint8Array> {
    const value = await this.#state.watch(() =>
      this.#context.effects.run({
        place: this.#branch.placeOf(this.#branch.takeCall()),
        kind: "read",
        hash: shortDigest({ execution: execution.id, path }),
        details: () => ({ execution: execution.id, path }),
        perform: async () => ({
          value: Buffer.from(await this.#context.executor.read(execution, path)).toString("base64"),
        }),
      }),
    );
    return Buffer.from(value, "base64");
  }

  prompt(template: string, slots: Readonly<Record<string, string>>): readonly Message[] {
    return this.#context.prompt(template, slots);
  }

  async evaluate(candidate: Candidate): Promise<Solution> {
    const number = this.#branch.takeCall();
    const wrap = this.#outermost("evaluate");
    if (wrap?.evaluate !== undefined) {
      const { evaluate } = wrap;
      return this.#inside(number, wrap, (inner) => evaluate.call(wrap, candidate, inner));
    }
    const known = this.#state.solutions.get(candidate.evaluatedAs ?? "");
    if (known !== undefined && known.candidate.code === candidate.code) return known;
    const judged =
      candidate.code === ""
        ? { evaluation: withoutCode(candidate) }
        : await this.#state.watch(() => this.#context.evaluations.judge(candidate, this.#rivalsOf(candidate)));
    return this.#keep(this.#branch.placeOf(number), candidate, judged);
  }

  async fanOut<T>(n: number, branch: (work: Work, index: number) => Promise<T>): Promise<readonly Settled<T>[]> {
    const fan = this.#branch.takeFan();
    return Promise.all(
      Array.from({ length: n }, async (_, index): Promise<Settled<T>> => {
        const child = this.#branch.fanned(fan, index);
        try {
          return { ok: true, index, value: await branch(this.#on(child, this.#wraps), index) };
        } catch (error) {
          return { ok: false, index, error };
        } finally {
          this.#branch.join(child);
        }
      }),
    );
  }

  with(wrap: Wrap): Work {
    return this.#on(this.#branch, [...this.#wraps, wrap]);
  }

  note(data: Json): void {
    this.#state.notes.push({ place: this.#branch.placeOf(this.#branch.takeCall()), plugin: this.#plugin, data });
  }

  async remaining(): ReturnType<Work["remaining"]> {
    return this.#state.watch(() =>
      this.#context.effects.run({
        place: this.#branch.placeOf(this.#branch.takeCall()),
        kind: "remaining",
        hash: "remaining",
        details: () => ({}),
        perform: async () => ({ value: this.#context.budget.remaining(this.#context.elapsed() / 1000) }),
      }),
    );
  }

  #rivalsOf({ from = this.#state.proposal.parents[0] }: Candidate): Rivals {
    const parent = from === undefined ? undefined : (this.#state.solutions.get(from) ?? this.journal.solution(from));
    const { best } = this.#state;
    return { ...(parent === undefined ? {} : { parent }), ...(best === undefined ? {} : { best }) };
  }

  #keep(
    id: string,
    candidate: Candidate,
    judged: { evaluation: Solution["evaluation"]; execution?: Execution },
  ): Solution {
    const parents = candidate.from === undefined ? this.#state.proposal.parents : [candidate.from];
    const evaluated: Candidate = { ...candidate, evaluatedAs: id };
    const solution: Solution = { id, proposal: this.#branch.number, parents, candidate: evaluated, ...judged };
    this.#state.solutions.set(id, solution);
    return solution;
  }

  async #inside<T>(call: number, wrap: Wrap, answer: (inner: Work) => Promise<T>): Promise<T> {
    const child = this.#branch.wrapped(call);
    try {
      return await answer(this.#on(child, this.#wraps.slice(0, this.#wraps.indexOf(wrap))));
    } finally {
      this.#branch.join(child);
    }
  }

  #outermost(method: keyof Wrap): Wrap | undefined {
    return this.#wraps.findLast((wrap) => wrap[method] !== undefined);
  }

  #on(branch: Branch, wraps: readonly Wrap[]): BranchWork {
    return new BranchWork(this.#context, this.#state, branch, wraps, this.#plugin);
  }
}

/** What evaluators may do: the same calls, logged under the code's hash; what they read is not logged, their verdict is. */
export const evaluatorLab = (context: RunContext, branch: Branch, codeHash: string): Lab => {
  let calls = 0;
  const place = () => `${evaluationPlace(codeHash)}-${calls++}`;
  return {
    task: context.task,
    random: branch.random,
    signal: context.signal,
    generate: (request, call) => generate(context, branch, place(), request, call),
    execute: (script) => execute(context, place(), script),
    read: (execution, path) => context.executor.read(execution, path),
    prompt: context.prompt,
  };
};
