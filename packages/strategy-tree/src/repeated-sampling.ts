import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { draftOf, type Choice, type Policy, type SearchState, type Told } from "./policy/policy.ts";
import { memoryOption } from "./policy/memory.ts";
import { searchBy } from "./policy/policy-search.ts";
import { Repairs } from "./policy/repairs.ts";

const options = z.strictObject({
  debug: z.number().int().min(0).default(0).describe("Repairs in a row that a failed draft is given; 0 for none."),
  memory: memoryOption.unwrap().default("none"),
});

export type RepeatedSamplingOptions = z.output<typeof options>;

/**
 * Drafts and nothing else, for ever: the baseline of every search (Brown et al. 2024, "Large Language Monkeys", arXiv 2407.21787). With `debug`
 * each failed draft is first given that many repairs. Drafts are independent: by default none sees another.
 */
export const repeatedSampling = definePlugin({
  kind: "search",
  name: "repeated-sampling",
  summary: "Drafts and nothing else.",
  options,
  create: (settings) => searchBy(new RepeatedSampling(settings), settings.memory),
});

class RepeatedSampling implements Policy<undefined> {
  readonly #repairs: Repairs<undefined>;

  constructor({ debug }: RepeatedSamplingOptions) {
    this.#repairs = new Repairs(debug);
  }

  own(): undefined {
    return undefined;
  }

  learn({ outcome, node }: Told<undefined>): void {
    this.#repairs.learn(outcome, node);
  }

  choose({ tree, number }: SearchState<undefined>): Choice<undefined> {
    return this.#repairs.take(number) ?? draftOf(tree);
  }
}
