import type { Json } from "@aide-ts/plugin";
import { z } from "zod";
import type { ChatServer } from "../protocol/server.ts";

const modelList = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      max_model_len: z.int().positive().nullish(),
      context_length: z.int().positive().nullish(),
      root: z.string().nullish(),
      parent: z.string().nullish(),
    }),
  ),
});

/** A model that a server has. */
export interface ServedModel {
  readonly id: string;
  readonly contextTokens: number | undefined;
  /** The folder or hub name that it was loaded from, where the server says. */
  readonly root: string | undefined;
}

/** The models that a server lists; `undefined` where it has no list. */
export const servedModels = async (
  server: ChatServer,
  signal: AbortSignal,
): Promise<readonly ServedModel[] | undefined> => {
  const listed = modelList.safeParse(await server.json({ path: "/models" }, signal));
  return listed.data?.data.map(({ id, max_model_len, context_length, root }) => ({
    id,
    contextTokens: max_model_len ?? context_length ?? undefined,
    root: root ?? undefined,
  }));
};

const llamaProps = z.looseObject({
  default_generation_settings: z.looseObject({ n_ctx: z.int().positive() }),
  model_path: z.string().optional(),
  build_info: z.string().optional(),
});

const sglangInfo = z.looseObject({
  model_path: z.string().optional(),
  context_length: z.int().positive().nullish(),
  quantization: z.string().nullish(),
  dtype: z.string().optional(),
  version: z.string().optional(),
});

export interface OwnWords {
  readonly contextTokens: number | undefined;
  readonly details: { readonly [key: string]: Json };
}

/** What a server of one's own says of itself beyond the protocol. */
export const ownWords = async (preset: string, server: ChatServer, signal: AbortSignal): Promise<OwnWords> => {
  if (preset === "llama-server") {
    const props = llamaProps.safeParse(await server.json({ path: "/props", root: true }, signal)).data;
    return {
      contextTokens: props?.default_generation_settings.n_ctx,
      details: { file: props?.model_path ?? null, version: props?.build_info ?? null },
    };
  }
  if (preset === "sglang") {
    const info = sglangInfo.safeParse(await server.json({ path: "/get_server_info", root: true }, signal)).data;
    return {
      contextTokens: info?.context_length ?? undefined,
      details: {
        file: info?.model_path ?? null,
        quantization: info?.quantization ?? null,
        dtype: info?.dtype ?? null,
        version: info?.version ?? null,
      },
    };
  }
  return { contextTokens: undefined, details: {} };
};

/** Whether Ollama stands at the address, whose view by this protocol cuts prompts that are too long and does not say so. */
export const isOllama = async (server: ChatServer, signal: AbortSignal): Promise<boolean> =>
  (await server.text({ path: "/", root: true }, signal).catch(() => undefined))?.trim() === "Ollama is running";
