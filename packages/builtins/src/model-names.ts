import { deepseekR1Options, isDeepseekR1, suggest, type ModelName, type Use } from "@aide-ts/core";
import { modelMisspelt, modelUnknown } from "./errors.ts";

const deepseek = /^deepseek-(1\.5|7|8|14|32|70)b$/i;
const ollamaTags = ["latest", "1.5b", "7b", "8b", "14b", "32b", "70b", "671b"];

/** Whether a name is that of a model of the hub. */
const isOfHub = (model: string): boolean =>
  !model.endsWith(".gguf") && (deepseek.test(model) || /^[\w.-]+\/[\w.-]+$/.test(model));

/** What serves models of the hub on this machine. */
export type HubServer = "vllm" | "transformers";

/**
 * The backend that a model's name alone chooses, first match wins: `*.gguf` → embedded, `deepseek-7b` and `owner/name` → vLLM, or Hugging Face's
 * own server where that is what there is, `name:tag` → Ollama,
 * `gpt-*`, `o3`, `claude-*`, `gemini-*` → hosted, nothing → embedded.
 * @throws AIDE_MODEL_NAME for a name that is no rule's, or a tag one letter off a known one.
 */
export const backendForModel = async (
  { model, path, quantization }: ModelName,
  hubServer: () => Promise<HubServer>,
): Promise<Use> => {
  const extra = { ...(path === undefined ? {} : { path }), ...(quantization === undefined ? {} : { quantization }) };
  if (model === undefined) return { use: "llamacpp", options: path?.endsWith(".gguf") ? { model: path } : {} };
  if (model.endsWith(".gguf")) return { use: "llamacpp", options: { model } };
  if (isOfHub(model))
    return { use: await hubServer(), options: { model, ...extra, ...(isDeepseekR1(model) ? deepseekR1Options : {}) } };
  if (/^[\w./-]+:[\w.-]+$/.test(model)) {
    const { systemMessages } = deepseekR1Options;
    return { use: "ollama", options: { model: checkedTag(model), ...(isDeepseekR1(model) ? { systemMessages } : {}) } };
  }
  if (/^(gpt-|o\d|codex-)/.test(model)) return { use: "openai", options: { preset: "openai", model } };
  if (model.startsWith("claude-")) return { use: "openai", options: { preset: "anthropic", model } };
  if (model.startsWith("gemini-")) return { use: "openai", options: { preset: "gemini", model } };
  if (/^(qwen2\.5-coder-1\.5b|smollm2-135m)$/.test(model)) return { use: "llamacpp", options: { model } };
  throw modelUnknown(model);
};

const checkedTag = (model: string): string => {
  const [name = "", tag = ""] = model.split(":");
  const meant = ollamaTags.includes(tag)
    ? undefined
    : suggest(
        tag,
        ollamaTags.filter((known) => known.length > 3),
      );
  if (meant !== undefined) throw modelMisspelt(model, `${name}:${meant}`);
  return model;
};
