import type { Shorthands } from "@aide-ts/core";
import { chainFor, planner } from "./fork-chains.ts";
import { backendForModel, type HubServer } from "./model-names.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What models' names and the fork's strategies stand for among these plugins, on a machine with these variables. */
export const shorthands = (env: Env): Shorthands => ({
  backendFor: (name) => backendForModel(name, () => hubServerOf(env)),
  chainFor,
  planner,
});

/** A model of the hub is served by vLLM where that is installed, else by Hugging Face's own server. Few configs name one, and so wait for the kit. */
const hubServerOf = async (env: Env): Promise<HubServer> => {
  const { programOnPath } = await import("@aide-ts/backend-kit");
  return programOnPath("vllm", { env: (name) => env[name] }) === undefined ? "transformers" : "vllm";
};
