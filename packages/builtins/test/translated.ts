import { checkConfig, translateAideKeys, type ResolvedConfig } from "@aide-ts/core";
import { chainFor, planner } from "../src/fork-chains.ts";
import { backendForModel } from "../src/model-names.ts";

export type Input = Readonly<Record<string, unknown>>;

/** A config with AIDE's keys, on a machine with vLLM. */
export const translated = (input: Input): Promise<ResolvedConfig> =>
  translateAideKeys(checkConfig({ data_dir: "data", ...input }, "test"), {
    backendFor: (name) => backendForModel(name, async () => "vllm"),
    chainFor,
    planner,
  });
