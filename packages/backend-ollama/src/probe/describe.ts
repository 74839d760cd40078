import { createHash } from "node:crypto";
import { modelNotFound, nearMiss } from "@aide-ts/backend-kit";
import { AideError, type Json } from "@aide-ts/plugin";
import type { OllamaOptions } from "../options.ts";
import { pullOnto } from "../models/pull.ts";
import { Show, Tags, Version } from "../protocol/replies.ts";
import { short, type OllamaServer } from "../protocol/server.ts";
import { notOllama } from "../errors.ts";

/** What the server says of itself and of the model. */
export interface Description {
  readonly version: string;
  readonly digest: string | undefined;
  readonly contextTokens: number;
  /** By the server's word: it then splits the thoughts off. */
  readonly canThink: boolean;
  readonly templateHasTags: boolean;
  /** Where the model runs in truth, of models that are only passed on. */
  readonly remoteHost: string | undefined;
  readonly details: { readonly [key: string]: Json };
}

export interface Describing {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** A name without a tag means :latest. */
const full = (name: string): string => (/:[^/]*$/.test(name) ? name : `${name}:latest`);

/** @throws AIDE_MODEL_NOT_FOUND, with the name that was meant; what pulling throws; what asking throws. */
export const describe = async (
  server: OllamaServer,
  options: OllamaOptions,
  describing: Describing,
): Promise<Description> => {
  const waiting = { signal: describing.signal, patience: short };
  const version = await versionOf(server, describing.signal);
  const show = await shown(server, options, describing);
  const { models } = await server.ask("/api/tags", undefined, Tags, waiting);
  const digest = (models ?? []).find(({ name }) => full(name) === full(server.model))?.digest;
  const trained = trainedContext(show);
  const contextTokens = Math.min(options.contextTokens, trained ?? Infinity);
  const capabilities = show.capabilities ?? [];
  return {
    version,
    digest,
    contextTokens,
    canThink: capabilities.includes("thinking"),
    templateHasTags: show.template?.includes("</think>") ?? false,
    remoteHost: show.remote_host,
    details: {
      server: "ollama",
      version,
      url: server.url,
      model: full(server.model),
      digest: digest ?? null,
      family: show.details?.family ?? null,
      parameters: show.details?.parameter_size ?? null,
      quantisation: show.details?.quantization_level ?? null,
      format: show.details?.format ?? null,
      trainedContext: trained ?? null,
      capabilities,
      template: show.template === undefined ? null : hash(show.template),
      renderer: show.renderer ?? null,
      system: show.system === undefined ? null : hash(show.system),
      modelfileParameters: show.parameters ?? null,
      remote: show.remote_host ?? null,
      think: options.thinking,
    },
  };
};

const versionOf = async (server: OllamaServer, signal: AbortSignal): Promise<string> => {
  try {
    return (await server.ask("/api/version", undefined, Version, { signal, patience: short })).version;
  } catch (error) {
    const other =
      AideError.is(error) && (error.code === "AIDE_BACKEND_GARBLED" || error.code === "AIDE_MODEL_NOT_FOUND");
    throw other ? notOllama(server.url, error.facts["what"] ?? error.message) : error;
  }
};

const shown = async (server: OllamaServer, options: OllamaOptions, describing: Describing): Promise<Show> => {
  const waiting = { signal: describing.signal, patience: short };
  const show = () => server.ask("/api/show", { model: server.model }, Show, waiting);
  try {
    return await show();
  } catch (error) {
    if (!AideError.is(error) || error.code !== "AIDE_MODEL_NOT_FOUND") throw error;
    if (!options.pull) throw await missing(server, error, waiting);
    await pullOnto(server, { ...describing, stallSeconds: options.stallSeconds });
    return show();
  }
};

const missing = async (
  server: OllamaServer,
  error: AideError,
  waiting: Parameters<OllamaServer["ask"]>[3],
): Promise<AideError> => {
  const { models } = await server.ask("/api/tags", undefined, Tags, waiting);
  const names = (models ?? []).map(({ name }) => name.replace(/:latest$/, ""));
  return modelNotFound(server.url, server.model, names, error.facts["it says"] ?? "", {
    near: nearMiss(server.model, names),
    instead: `run: ollama pull ${server.model}`,
  });
};

const trainedContext = (show: Show): number | undefined => {
  const info = show.model_info ?? {};
  const named = info[`${String(info["general.architecture"])}.context_length`];
  const found = named ?? Object.entries(info).find(([key]) => key.endsWith(".context_length"))?.[1];
  return typeof found === "number" && Number.isInteger(found) && found > 0 ? found : undefined;
};

const hash = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;
