import { isOnThisMachine, modelNotChosen, modelNotFound, nearMiss, type ProbeCache } from "@aide-ts/backend-kit";
import type { Capabilities } from "@aide-ts/plugin";
import type { AdaptedCalls, Speaking } from "../call/adapted-calls.ts";
import type { Served } from "../call/asking.ts";
import type { OpenAiOptions } from "../options.ts";
import { isOllama, ownWords, servedModels, type ServedModel } from "./describe.ts";
import { holdsToSchema, schemaProbeTokens } from "./schema.ts";

/** What is known of server and model before the first call. */
export interface Known {
  readonly served: Served;
  readonly capabilities: Capabilities;
}

export interface Learning extends Speaking {
  readonly calls: AdaptedCalls;
  readonly probes: ProbeCache;
}

/** @throws AIDE_MODEL_NOT_FOUND, AIDE_MODEL_NOT_CHOSEN, what asking throws. */
export const learn = async (learning: Learning, signal: AbortSignal): Promise<Known> => {
  const { server, options, preset, say } = learning;
  const listed = await servedModels(server, signal);
  const { id, contextTokens: limit, root } = chosenModel(server.url, options, listed);
  if (options.preset === "custom" && (await isOllama(server, signal)))
    say("model    this is Ollama: by this protocol it cuts prompts that are too long. backend.use=ollama does not");
  const own = await ownWords(options.preset, server, signal);
  const served: Served = {
    model: id,
    contextTokens: options.contextTokens ?? own.contextTokens ?? limit ?? preset.contextTokens,
    renderer: undefined,
    thinks: options.thinking !== false,
    opened: false,
    splits: false,
    budgets: false,
    schemas: true,
    prefixBlock: undefined,
  };
  const schemas = preset.jsonSchema === "probe" ? await probedSchema(learning, served, signal) : preset.jsonSchema;
  return {
    served: { ...served, schemas },
    capabilities: {
      has: schemas ? ["jsonSchema"] : [],
      contextTokens: served.contextTokens,
      details: { server: options.preset, url: server.url, ...(root === undefined ? {} : { root }), ...own.details },
    },
  };
};

const chosenModel = (
  url: string,
  { model, preset }: OpenAiOptions,
  served: readonly ServedModel[] | undefined,
): ServedModel => {
  const ids = served?.map(({ id }) => id) ?? [];
  if (model === undefined) {
    const [only, ...others] = served ?? [];
    if (only !== undefined && others.length === 0) return only;
    throw modelNotChosen(url, ids);
  }
  const plain = { id: model, contextTokens: undefined, root: undefined };
  if (served === undefined) return plain;
  // Gemini lists its models as models/…, Ollama with their tag.
  const found = served.find(({ id }) => [model, `models/${model}`, `${model}:latest`].includes(id));
  if (found !== undefined) return { ...found, id: model };
  // Vendors leave names out of their lists that they serve all the same; one's own server does not.
  if (!isOnThisMachine(url) || preset === "llama-server") return plain;
  throw modelNotFound(url, model, ids, "", { near: nearMiss(model, ids) });
};

const probedSchema = async (
  { server, calls, probes }: Learning,
  served: Served,
  signal: AbortSignal,
): Promise<boolean> => {
  const call = { seed: 0, grantedTokens: schemaProbeTokens, signal };
  const found = await probes.found(`${server.url} ${served.model} jsonSchema`, () =>
    holdsToSchema((request) => calls.ask(request, call, served, 0)),
  );
  return found === true;
};
