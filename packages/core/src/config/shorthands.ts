import type { Use } from "./values.ts";

/** What AIDE's keys say of a model. */
export interface ModelName {
  readonly model?: string | undefined;
  readonly path?: string | undefined;
  readonly quantization?: string | undefined;
}

/** Keys of the fork that its strategies read. */
export interface ItsOptions {
  readonly selfConsistency?:
    | {
        readonly num_responses?: number | undefined;
        readonly selection_strategy?: "interpreter_first_success" | "interpreter_best_metric" | undefined;
      }
    | undefined;
  readonly s_star_iterative_debug?: { readonly max_rounds?: number | undefined } | undefined;
}

/** Which plugins are meant where a config names none: who brings plugins along knows that. */
export interface Shorthands {
  /**
   * The backend that serves a model, by the model's name alone.
   * @throws AIDE_MODEL_NAME
   */
  readonly backendFor: (name: ModelName) => Promise<Use>;
  /**
   * The chain that stands for `agent.ITS_Strategy`.
   * @throws AIDE_STRATEGY_UNKNOWN
   */
  readonly chainFor: (name: string, options: ItsOptions) => readonly Use[];
  /** The strategy whose model is `agent.code.planner_model`. */
  readonly planner: string;
}
