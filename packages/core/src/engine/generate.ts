import {
  AideError,
  isStop,
  Stop,
  type Backend,
  type Call,
  type Capability,
  type GenerateRequest,
  type Generation,
  type Message,
  type Usage,
} from "@aide-ts/plugin";
import type { Budget } from "../budget/budget.ts";
import { addUsage } from "../budget/spending.ts";
import { shortDigest } from "../hashing/digest.ts";
import type { Branch } from "./branch.ts";
import { CutShort, type Effects } from "./effects.ts";
import type { Observer } from "./observer.ts";
import { RepetitionWatch } from "./repetition.ts";
import { withRetries } from "./retries.ts";

export interface GenerationDefaults {
  readonly maxTokens: number;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
}

export interface Generator {
  readonly effects: Effects;
  readonly budget: Budget;
  readonly backend: (role: string) => Backend;
  readonly defaults: (role: string) => GenerationDefaults;
  readonly has: (role: string, capability: Capability) => boolean;
  /** Prompts by place that are asked in place of what the strategy writes there. */
  readonly promptOverrides: ReadonlyMap<string, readonly Message[]>;
  readonly retries: number;
  readonly observe: Observer;
  /** Fires when nothing may go on: time is gone, or the user stopped the run. */
  readonly signal: AbortSignal;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** One metered, logged generation at its place. The request is hashed as the caller wrote it, with the role. */
export const generate = async (
  { effects, budget, ...rest }: Generator,
  branch: Pick<Branch, "drawSeed">,
  place: string,
  written: GenerateRequest,
  call: Call,
): Promise<Generation> => {
  const messages = rest.promptOverrides.get(place);
  const request = messages === undefined ? written : { ...written, messages };
  const role = call.role ?? "code";
  const hash = shortDigest({ request, role });
  const seed = branch.drawSeed(hash);
  const defaults = rest.defaults(role);
  const granted = request.maxTokens ?? defaults.maxTokens;
  const hasSchema = rest.has(role, "jsonSchema");
  const full = { ...sampling(defaults), ...(hasSchema ? request : withoutSchema(request)), maxTokens: granted };
  const prompt = estimateTokens(request);
  return effects.run({
    place,
    kind: "generate",
    hash,
    details: () => ({
      role,
      phase: call.phase,
      seed,
      prompt,
      granted,
      model: rest.backend(role).model,
      request: JSON.parse(JSON.stringify(full)),
    }),
    perform: async () => {
      const release = await budget.reserve({ role, phase: call.phase, prompt, granted });
      let used: Usage | undefined;
      const bill = (usage: Usage | undefined) => void (used = addUsage(used, usage));
      try {
        const generation = await send({ budget, effects, ...rest }, place, full, call, seed, granted, bill);
        bill(generation.usage);
        if (rest.signal.aborted && generation.finish === "aborted")
          throw new CutShort("Time ran out during the call.", used ?? generation.usage);
        return { value: generation, spent: used ?? generation.usage };
      } catch (error) {
        throw failedCall(error, used);
      } finally {
        release(used);
      }
    },
  });
};

const send = async (
  { backend, retries, observe, signal, sleep }: Generator,
  place: string,
  request: GenerateRequest,
  call: Call,
  seed: number,
  grantedTokens: number,
  bill: (usage: Usage | undefined) => void,
): Promise<Generation> => {
  observe({ kind: "call-started", place, call });
  const attempt = async (): Promise<Generation> => {
    const cut = new AbortController();
    const watch = new RepetitionWatch();
    const generation = await backend(call.role ?? "code").generate(request, {
      seed,
      grantedTokens,
      signal: AbortSignal.any([signal, cut.signal]),
      onProgress: (progress) => {
        observe({ kind: "call-progress", place, progress });
        if (progress.kind === "text" && watch.push(progress.delta)) cut.abort();
      },
    });
    return cut.signal.aborted && generation.finish === "aborted" ? { ...generation, finish: "repetition" } : generation;
  };
  try {
    const generation = await withRetries(attempt, {
      retries,
      sleep,
      signal,
      onFailure: ({ spent }) => bill(spent),
      onRetry: (retry) => observe({ kind: "call-retried", place, ...retry }),
    });
    observe({ kind: "call-ended", place, call, generation });
    return generation;
  } catch (error) {
    if (signal.aborted) throw new Stop("budget", "Time ran out during the call.", { cause: error });
    throw error;
  }
};

/** The end of a call that failed, with all that its attempts have used. */
const failedCall = (error: unknown, used: Usage | undefined): unknown => {
  if (used === undefined || error instanceof CutShort) return error;
  if (isStop(error) && error.reason === "budget") return new CutShort(error.message, used);
  return AideError.is(error) ? AideError.with(error, { spent: used }) : error;
};

/** A server that cannot hold an answer to a schema is asked without: the prompt says what is wanted, and the caller reads it with care. */
export const withoutSchema = ({ schema: _schema, ...request }: GenerateRequest): GenerateRequest => request;

const sampling = ({ temperature, topP }: GenerationDefaults) => ({
  ...(temperature === undefined ? {} : { temperature }),
  ...(topP === undefined ? {} : { topP }),
});

/** Three characters a token, and four tokens of template a message: on the safe side, only for reservations and for calls whose end nobody saw. */
const estimateTokens = (request: GenerateRequest): number =>
  request.messages.reduce((sum, message) => sum + 4 + Math.ceil(message.content.length / 3), 0);
