import type { Strategy } from "@aide-ts/plugin";
import { sketchCoder, sketchRandomSearch, type Staged } from "@aide-ts/testing";
import { replayEngine, type Event, type Ran } from "../../src/index.ts";

/** Follows events as `aide replay` does, on the stage's settings. */
export const offline = (
  events: readonly Event[],
  {
    strategies = [],
    slots = 1,
    limits = {},
    prompt,
  }: Pick<Staged, "slots" | "limits" | "prompt"> & { strategies?: readonly Strategy[] },
): Promise<Ran> =>
  replayEngine(
    {
      task: { goal: "predict", metric: "rmse", direction: "minimize" },
      seed: 1,
      slots,
      schedule: "ordered",
      limits,
      priceOf: () => undefined,
      strategies: strategies.map((strategy, at) => ({ name: `s${at}`, strategy })),
      coder: sketchCoder,
      search: sketchRandomSearch(),
      modelOf: () => "absent",
      generationDefaults: () => ({ maxTokens: 256 }),
      has: () => true,
      promptOverrides: new Map(),
      prompt: prompt ?? ((template, values) => [{ role: "user", content: `${template}\n${JSON.stringify(values)}` }]),
      observe: () => undefined,
      signal: new AbortController().signal,
      retries: 0,
    },
    events,
  );
