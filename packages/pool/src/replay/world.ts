import { shortDigest } from "@aide-ts/core";
import {
  type Candidate,
  type Environment,
  type Evaluation,
  type Evaluator,
  type Execution,
  type Executor,
  type Fate,
  type Script,
  type Solution,
  type Solve,
} from "@aide-ts/plugin";
import type { Landscape, Spot } from "../landscapes/landscape.ts";
import { scriptRun, pythonAbsent } from "../errors.ts";

/** What the engine works with in place of model, sandbox and labels: scripts are lines that name spots of a landscape. */
export class World {
  readonly #landscape: Landscape;
  readonly #spots = new Map<string, Spot>();
  /** What was executed, by the id of its execution. */
  readonly #codes = new Map<string, string>();
  #tokens = 0;

  constructor(landscape: Landscape) {
    this.#landscape = landscape;
  }

  /** Writes the line of a draft, or of a child of the parents; of two parents either one, each as likely. */
  readonly coder: Solve = async ({ operator, parents }, { journal, random }) => {
    const known = parents.flatMap((id) => this.#spotOf(journal.solution(id)) ?? []);
    const parent = known.length > 1 ? known[Math.floor(random() * known.length)] : known[0];
    const spot = parent === undefined ? this.#landscape.draft(random) : parent.child(operator, random);
    const code = codeOf(spot);
    this.#spots.set(code, spot);
    this.#tokens += spot.tokens;
    return candidateOf(code, spot);
  };

  readonly executor: Executor = {
    environment: async () => nowhere,
    execute: async (script) => this.#run(script),
    start: async () => {
      throw pythonAbsent();
    },
    read: async ({ id }) => new TextEncoder().encode(this.#named(this.#codes.get(id) ?? "").submission ?? ""),
    [Symbol.asyncDispose]: async () => undefined,
  };

  readonly evaluator: Evaluator = {
    evaluate: async ({ candidate }) => evaluationOf(this.#named(candidate.code)),
  };

  /** The spot that a solution stands for; `undefined` for an answer without code. */
  #spotOf(solution: Solution | undefined): Spot | undefined {
    return this.#spots.get(solution?.candidate.code ?? "");
  }

  /** The worth of a valid solution; `undefined` for any other. */
  worthOf(solution: Solution | undefined): number | undefined {
    const seen = this.#spotOf(solution)?.seen;
    return seen?.valid === true ? seen.worth : undefined;
  }

  /** What a model billed for all that was written; what comes up twice is written twice. */
  get tokens(): number {
    return this.#tokens;
  }

  #run({ code }: Script): Execution {
    const { seen, seconds, submission } = this.#named(code);
    const id = `x${shortDigest(code)}`;
    this.#codes.set(id, code);
    return {
      id,
      fate: seen.valid ? "ok" : fateOf(seen.cause),
      output: "",
      seconds,
      artifacts: submission === undefined ? [] : ["submission/submission.csv"],
    };
  }

  #named(code: string): Spot {
    const spot = this.#spots.get(code);
    if (spot !== undefined) return spot;
    throw scriptRun();
  }
}

const withoutCode: ReadonlySet<string> = new Set(["no-code", "truncated", "repetition"]);

const codeOf = ({ name }: Spot): string => `# spot ${name}`;

const candidateOf = (code: string, { seen }: Spot): Candidate =>
  !seen.valid && withoutCode.has(seen.cause) ? { plan: "", code: "", defect: seen.cause } : { plan: "", code };

const fateOf = (cause: string): Fate =>
  cause === "exception" || cause === "timeout" || cause === "out-of-memory" || cause === "crash" ? cause : "ok";

const evaluationOf = ({ seen }: Spot): Evaluation => {
  if (!seen.valid) return { valid: false, cause: seen.cause, scores: [], feedback: seen.cause };
  const score = { value: seen.score, source: "held-out" as const };
  return { valid: true, score, scores: [score], feedback: `score ${seen.score}` };
};

const nowhere: Environment = {
  python: "",
  packages: [],
  cpus: 0,
  memoryBytes: 0,
  gpus: [],
  seconds: 0,
  details: {},
};
