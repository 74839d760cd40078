import { fileURLToPath } from "node:url";
import type { RunHost } from "@aide-ts/run/host";
import { chainFor, planner } from "./builtins/fork-chains.ts";
import { backendForModel, type HubServer } from "./builtins/model-names.ts";
import { builtins } from "./builtins/plugins.ts";

const examples = fileURLToPath(new URL("../example_tasks/", import.meta.url));

/** This process as a run sees it, with the plugins and example tasks that come with aide. */
export const runHost = ({ cwd, env, secrets }: Pick<RunHost, "cwd" | "env" | "secrets">): RunHost => ({
  cwd,
  env,
  secrets,
  builtins,
  shorthands: { backendFor: (name) => backendForModel(name, () => hubServerOf(env)), chainFor, planner },
  examples,
});

/** A model of the hub is served by vLLM where that is installed, else by Hugging Face's own server. Few configs name one, and so wait for the kit. */
const hubServerOf = async (env: RunHost["env"]): Promise<HubServer> => {
  const { programOnPath } = await import("@aide-ts/backend-kit");
  return programOnPath("vllm", { env: (name) => env[name] }) === undefined ? "transformers" : "vllm";
};
