import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { distillShapes, hubName, type ModelShape, type WeightBits } from "@aide-ts/backend-kit";
import { findSnapshot, isRepository } from "@aide-ts/backend-transformers";
import { z } from "zod";
import type { RunHost } from "@aide-ts/run/host";
import { modelShapeUnknown } from "./errors.ts";

/** A model that somebody asks about. */
export interface AskedModel {
  /** As it was written: a short name, owner/name, or a folder. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly quantization: string | undefined;
  readonly contextTokens: number | undefined;
}

/** How large a model is, and how its checkpoint is quantised, if it is. */
export interface KnownModel {
  readonly name: string;
  readonly shape: ModelShape;
  readonly stored: WeightBits | undefined;
}

const number = z.int().positive();
const config = z.looseObject({
  model_type: z.string().optional(),
  num_hidden_layers: number,
  hidden_size: number,
  intermediate_size: number,
  num_attention_heads: number,
  num_key_value_heads: number.nullish(),
  head_dim: number.nullish(),
  vocab_size: number,
  max_position_embeddings: number,
  attention_bias: z.boolean().nullish(),
  tie_word_embeddings: z.boolean().nullish(),
  quantization_config: z
    .looseObject({
      quant_method: z.string().optional(),
      bits: z.number().optional(),
      load_in_4bit: z.boolean().nullish(),
    })
    .nullish(),
});
/** Their parameters are counted in another way. */
const experts = ["num_experts", "num_local_experts", "n_routed_experts"];

/**
 * The shape of a model: of the six distills from a table, of others from the config.json of their folder or snapshot.
 * @throws AIDE_MODEL_NOT_PULLED, AIDE_MODEL_SHAPE
 */
export const shapeOf = async (asked: AskedModel, { env, cwd }: Pick<RunHost, "env" | "cwd">): Promise<KnownModel> => {
  const { name, isFolder } = asked;
  const distill = Object.entries(distillShapes).find(([short]) => hubName(short) === hubName(name));
  if (distill !== undefined && !isFolder) return { name: distill[0], shape: distill[1], stored: undefined };
  if (!isFolder && !isRepository(name)) throw modelShapeUnknown(name, "it is no model of the hub");
  const folder = isFolder ? resolve(cwd, name) : await findSnapshot(name, env);
  return { name, ...(await read(name, folder)) };
};

const read = async (name: string, folder: string): Promise<Omit<KnownModel, "name">> => {
  try {
    const facts = config.parse(JSON.parse(await readFile(join(folder, "config.json"), "utf8")));
    if (experts.some((key) => key in facts)) throw new Error("it is a mixture of experts");
    return {
      shape: {
        layers: facts.num_hidden_layers,
        hidden: facts.hidden_size,
        intermediate: facts.intermediate_size,
        heads: facts.num_attention_heads,
        kvHeads: facts.num_key_value_heads ?? facts.num_attention_heads,
        headDim: facts.head_dim ?? facts.hidden_size / facts.num_attention_heads,
        vocabulary: facts.vocab_size,
        contextTokens: facts.max_position_embeddings,
        attentionBias: facts.attention_bias ?? facts.model_type === "qwen2",
        tiedEmbeddings: facts.tie_word_embeddings ?? false,
      },
      stored: storedAs(facts.quantization_config ?? undefined),
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? "its config.json says too little" : String(error);
    throw modelShapeUnknown(name, reason, folder);
  }
};

const storedAs = (
  quantised: { readonly bits?: number | undefined; readonly load_in_4bit?: boolean | null | undefined } | undefined,
): WeightBits | undefined =>
  quantised === undefined ? undefined : quantised.bits === 4 || quantised.load_in_4bit === true ? "4bit" : "8bit";
