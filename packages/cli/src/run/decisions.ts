import { createCoder, type Carried, type EngineSetup } from "@aide-ts/core";
import { completeReads } from "@aide-ts/data";
import type { Capabilities, Capability, Task } from "@aide-ts/plugin";
import type { Plugins } from "./compose.ts";
import { limitsOf, priceOf } from "./limits.ts";
import type { Prompts } from "./prepare-prompts.ts";
import { servedBy } from "./served-by.ts";

export interface Decided {
  readonly config: Pick<
    Carried["config"],
    "seed" | "slots" | "schedule" | "budget" | "prices" | "sampling" | "coder" | "retries"
  >;
  readonly plugins: Pick<Plugins, "strategies" | "search">;
  readonly task: Task;
  readonly prompts: Pick<Prompts, "book" | "skeleton" | "directions" | "reads">;
  readonly capabilities: ReadonlyMap<string, Pick<Capabilities, "has">>;
  readonly modelOf: (role: string) => string;
  /** The user's own script; empty for none. */
  readonly first: string;
}

/** The part of a run that is the same in a replay: what is asked for, and in what order, and never what answers. */
export const decisions = ({ config, plugins, task, prompts, capabilities, modelOf, first }: Decided) => {
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
    coder: createCoder({
      skeleton: prompts.skeleton,
      complete: (code) => completeReads(code, prompts.reads),
      directions: config.coder.directions ? prompts.directions : [],
      canContinue: (role) => has(role, "continuation"),
      opens: (role) => config.coder.opening && has(role, "continuation") && !has(role, "thoughtBudget"),
    }),
    search: plugins.search.create(),
    first: first === "" ? undefined : { plan: "The user's own script.", code: first },
    generationDefaults: () => config.sampling,
    has,
    prompt: (template, slots) => prompts.book.messages(template, slots),
    retries: config.retries,
  } satisfies Partial<EngineSetup>;
};
