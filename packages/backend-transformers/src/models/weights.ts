import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { hubName, weightsNotChosen } from "@aide-ts/backend-kit";
import type { Host } from "@aide-ts/plugin";
import { z } from "zod";
import { hubCacheFolder, repositoryFolder } from "./hub-cache.ts";
import { weightsNotPulled, unreadable } from "../errors.ts";

/** A model's folder on this machine, and what its files say. */
export interface Weights {
  /** What the server is started with and must be asked for: a folder, or a hub name. */
  readonly name: string;
  readonly folder: string;
  readonly contextTokens: number | undefined;
  /** Tokens that end an answer. */
  readonly endTokens: readonly number[];
  /** How the checkpoint itself is quantised. */
  readonly quantized: string | undefined;
  readonly dtype: string | undefined;
}

const ids = z.union([z.int(), z.array(z.int())]).nullish();
const text = z.looseObject({ max_position_embeddings: z.int().positive().optional() });
const modelConfig = text.extend({
  text_config: text.optional(),
  eos_token_id: ids,
  torch_dtype: z.string().nullish(),
  dtype: z.string().nullish(),
  quantization_config: z.looseObject({ quant_method: z.string() }).nullish(),
});
const generationConfig = z.looseObject({ eos_token_id: ids });

/**
 * Finds a model's files: in a folder, or in the hub's cache.
 * @throws AIDE_MODEL_NOT_CHOSEN, AIDE_MODEL_NOT_PULLED, AIDE_MODEL_FILES
 */
export const findWeights = async (
  { model, path }: { readonly model?: string | undefined; readonly path?: string | undefined },
  host: Pick<Host, "env">,
): Promise<Weights> => {
  if (path === undefined && model === undefined) throw weightsNotChosen();
  const name = path === undefined ? hubName(model ?? "") : resolve(path);
  const folder = path === undefined ? await snapshotFolder(name, host) : name;
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const found = await readFile(join(folder, file), "utf8").catch(() => undefined);
    return found === undefined ? undefined : schema.parse(JSON.parse(found));
  };
  try {
    const config = await read("config.json", modelConfig);
    if (config === undefined) throw new Error("It has no config.json.");
    const generation = await read("generation_config.json", generationConfig);
    return {
      name,
      folder,
      contextTokens: config.max_position_embeddings ?? config.text_config?.max_position_embeddings,
      endTokens: [generation?.eos_token_id ?? config.eos_token_id ?? []].flat(),
      quantized: config.quantization_config?.quant_method,
      dtype: config.dtype ?? config.torch_dtype ?? undefined,
    };
  } catch (cause) {
    throw unreadable(folder, cause);
  }
};

const snapshotFolder = async (model: string, host: Pick<Host, "env">): Promise<string> => {
  const repository = repositoryFolder(hubCacheFolder(host), model);
  const commit = await readFile(join(repository, "refs", "main"), "utf8").catch(() => undefined);
  const folder = commit === undefined ? undefined : join(repository, "snapshots", commit.trim());
  const there = folder !== undefined && (await stat(folder).catch(() => undefined))?.isDirectory();
  if (folder !== undefined && there) return folder;
  throw weightsNotPulled(model, repository);
};
