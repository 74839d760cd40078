import {
  createBlockCoder,
  createCoder,
  createDefaults,
  type CoderOptions,
  type EngineSetup,
  type RunConfig,
} from "@aide-ts/core";
import { completeReads } from "@aide-ts/data";
import type { Capabilities, Capability, Solve, Task } from "@aide-ts/plugin";
import { limitsOf, priceOf } from "../compose/limits.ts";
import type { Prompts } from "../task/prepare-prompts.ts";
import { servedBy, type Plugins } from "../compose/ready.ts";

export interface InputSources {
  readonly config: Pick<
    RunConfig,
    "seed" | "slots" | "schedule" | "budget" | "prices" | "sampling" | "coder" | "retries"
  >;
  readonly plugins: Pick<Plugins, "strategies" | "search">;
  readonly task: Task;
  readonly prompts: Pick<Prompts, "book" | "skeleton" | "directions" | "blockDirections" | "estimators" | "reads">;
  readonly capabilities: ReadonlyMap<string, Pick<Capabilities, "has">>;
  readonly modelOf: (role: string) => string;
  /** The user's own script. */
  readonly initialScript?: string | undefined;
}

/** The part of a run that is the same in a replay: what is asked for, and in what order, and never what answers. */
export const deterministicInputs = ({
  config,
  plugins,
  task,
  prompts,
  capabilities,
  modelOf,
  initialScript,
}: InputSources) => {
  const has = (role: string, capability: Capability): boolean =>
    servedBy(capabilities, role)?.has.includes(capability) ?? false;
  return {
    task,
    seed: config.seed,
    slots: config.slots,
    schedule: config.schedule,
    limits: limitsOf(config.budget),
    priceOf: (role) => priceOf(config.prices, modelOf(role)),
    strategies: plugins.strategies.map(({ name, create }) => ({ name, strategy: create() })),
    coder: coderOf(config, prompts, has),
    search: plugins.search.create(),
    first: initialScript === undefined ? undefined : { plan: "The user's own script.", code: initialScript },
    generationDefaults: () => config.sampling,
    has,
    prompt: (template, slots) => prompts.book.messages(template, slots),
    retries: config.retries,
  } satisfies Partial<EngineSetup>;
};

const coderOf = (
  { coder: { form, drafts, directions, opening } }: InputSources["config"],
  prompts: InputSources["prompts"],
  has: (role: string, capability: Capability) => boolean,
): Solve => {
  if (form === "defaults") return createDefaults(prompts);
  const options: CoderOptions = {
    skeleton: prompts.skeleton,
    complete: (code) => completeReads(code, prompts.reads),
    directions: directions ? prompts.directions : [],
    canContinue: (role) => has(role, "continuation"),
    opens: (role) => opening && has(role, "continuation") && !has(role, "thoughtBudget"),
  };
  const { estimators, blockDirections } = prompts;
  return form === "blocks"
    ? createBlockCoder({ ...options, drafts, estimators, blockDirections })
    : createCoder(options);
};
