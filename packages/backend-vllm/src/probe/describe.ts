import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hubName, modelNotChosen, modelNotFound, nearMiss, type ProbeCache } from "@aide-ts/backend-kit";
import {
  servedModels,
  type ChatServer,
  type RenderedPrompt,
  type Served,
  type ServedModel,
} from "@aide-ts/backend-openai";
import { AideError, type Json } from "@aide-ts/plugin";
import { z } from "zod";
import { prefixBlock } from "../load/metrics.ts";
import type { VllmOptions } from "../options.ts";
import { probeThoughts } from "./thoughts.ts";
import { ServerRenderer } from "../protocol/renderer.ts";
import { notServing } from "../errors.ts";

export interface Description {
  readonly served: Served;
  readonly details: { readonly [key: string]: Json };
}

const versionAnswer = z.looseObject({ version: z.string() });
const shown = z.object({ splits: z.boolean(), budgets: z.boolean() });

/** Asks a server for its model, its limits, and what it can do. */
export const describe = async (
  server: ChatServer,
  options: VllmOptions,
  probes: ProbeCache,
  signal: AbortSignal,
): Promise<Description> => {
  const { id: model, contextTokens: limit, root } = await chosenModel(server, options, signal);
  const version = versionAnswer.safeParse(await server.json({ path: "/version", root: true }, signal)).data?.version;
  const renderer = new ServerRenderer(server, model, options.systemMessages);
  const sample = await renderedSample(renderer, signal);
  const { splits, budgets } = shown.parse(
    await probes.found(`${server.url} ${version} ${root ?? model} thoughts`, async () => ({
      ...(await probeThoughts(server, model, signal)),
    })),
  );
  const opened = sample?.opened ?? false;
  const metrics = await server.text({ path: "/metrics", root: true }, signal);
  const contextTokens = Math.min(options.contextTokens ?? Infinity, limit ?? 8192);
  return {
    served: {
      model,
      contextTokens,
      renderer: sample === undefined ? undefined : renderer,
      thinks: options.thinking === "auto" ? opened || splits : options.thinking,
      opened,
      splits,
      budgets,
      schemas: true,
      prefixBlock: metrics === undefined ? undefined : prefixBlock(metrics),
    },
    details: {
      server: "vllm",
      version: version ?? null,
      url: server.url,
      weights: root ?? model,
      quantization: (await quantizationOf(root, options)) ?? "not said by the server",
      thoughts: splits ? "split off by the server" : opened ? "opened by the template" : "in the text, if any",
    },
  };
};

/** @throws AIDE_MODEL_NOT_FOUND, AIDE_MODEL_NOT_CHOSEN */
const chosenModel = async (server: ChatServer, { model }: VllmOptions, signal: AbortSignal): Promise<ServedModel> => {
  const served = await servedModels(server, signal);
  if (served === undefined) throw notServing(server.url);
  const ids = served.map(({ id }) => id);
  const [only] = served;
  if (model === undefined && only !== undefined && served.length === 1) return only;
  const found = served.find(({ id }) => id === model) ?? served.find(({ id }) => id === hubName(model ?? ""));
  if (found !== undefined) return found;
  if (model === undefined) throw modelNotChosen(server.url, ids);
  throw modelNotFound(server.url, model, ids, "", { near: nearMiss(model, ids) });
};

/** `undefined` where the server does not render. */
const renderedSample = async (renderer: ServerRenderer, signal: AbortSignal): Promise<RenderedPrompt | undefined> => {
  try {
    return await renderer.render([{ role: "user", content: "Hello." }], signal);
  } catch (error) {
    if (AideError.is(error) && error.code === "AIDE_BACKEND_REFUSED") return undefined;
    throw error;
  }
};

const modelConfig = z.looseObject({
  quantization_config: z.looseObject({ quant_method: z.string() }).optional(),
  torch_dtype: z.string().optional(),
  dtype: z.string().optional(),
});

/** From how the server was started, else from the weights' own config, where they lie on this machine. */
const quantizationOf = async (
  root: string | undefined,
  { quantization, path }: VllmOptions,
): Promise<string | undefined> => {
  if (quantization !== "none") return quantization;
  try {
    const file = join(path ?? root ?? "", "config.json");
    const { quantization_config, torch_dtype, dtype } = modelConfig.parse(JSON.parse(await readFile(file, "utf8")));
    return quantization_config?.quant_method ?? `none (${dtype ?? torch_dtype ?? "as served"})`;
  } catch {
    return undefined;
  }
};
